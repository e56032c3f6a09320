using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Metrics;

/// <summary>Turns sprites into features that distances can be measured in. One thread at a time.</summary>
public interface IFeatureSpace : IDisposable
{
    /// <summary>What it is, for people.</summary>
    string Name { get; }

    /// <summary>The seed of its weights.</summary>
    long Seed { get; }

    /// <summary>SHA-256 of its weights, 64 hexadecimal digits: figures of other weights cannot be compared.</summary>
    string Fingerprint { get; }

    /// <summary>Features of sprites of the size it was made for, one row each, (N, D).</summary>
    FeatureMatrix Of(IReadOnlyList<Rgba32[]> sprites);
}
