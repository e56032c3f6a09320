using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace VaeContent.Tests.Gpu;

/// <summary>The bundles that Tests/Source~/Gpu/Bundles wrote.</summary>
internal sealed class BundleFolder(string path)
{
    private const string Encoder = ".encoder.vae";

    /// <summary>Every kind of decoder.</summary>
    public IEnumerable<VaeBundle> Decoders =>
        Paths.Where(file => !file.EndsWith(Encoder, StringComparison.Ordinal)).Select(file => VaeBundle.Load(file));

    /// <summary>An encoder of each architecture.</summary>
    public IEnumerable<EncoderBundle> Encoders =>
        Paths.Where(file => file.EndsWith(Encoder, StringComparison.Ordinal)).Select(file => EncoderBundle.Load(file));

    /// <summary>A small decoder, for what is done many times.</summary>
    public VaeBundle Smallest => VaeBundle.Load(Path.Combine(path, "smallest.vae"));

    private IEnumerable<string> Paths => Directory.GetFiles(path, "*.vae").Order(StringComparer.Ordinal);
}
