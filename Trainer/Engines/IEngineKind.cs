using System.Collections.Generic;

namespace VaeContent.Trainer.Engines;

/// <summary>A library that can train, as <c>--engine</c> names it, and what it can run on here.</summary>
public interface IEngineKind
{
    /// <summary>What <c>--engine</c> calls it: <c>ort</c>, <c>torch</c>.</summary>
    string Name { get; }

    /// <summary>The library and its version, for people.</summary>
    string Library { get; }

    /// <summary>The devices of this machine that it can train on, the one <c>auto</c> takes first; empty where it cannot be loaded.</summary>
    IReadOnlyList<string> Devices { get; }

    /// <summary>Why there are no devices, or none but the CPU; null where there is nothing to say.</summary>
    string? Note { get; }

    /// <summary>An engine on one of <see cref="Devices"/>, or on <c>auto</c>; 0 threads means all cores.</summary>
    /// <exception cref="UserError">The device cannot be had; the message says why and what can.</exception>
    IEngine Open(string device, int threads);
}
