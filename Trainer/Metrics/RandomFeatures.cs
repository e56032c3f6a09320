using System;
using System.Collections.Generic;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// What an untrained network sees: three convolutions with weights of a fixed seed, the same for every set and size, then mean and standard
/// deviation of each of the last 64 channels over the picture. Knows nothing of the set, so that nothing can be fitted to it.
/// </summary>
public sealed class RandomFeatures : IFeatureSpace
{
    private const int Channels = 64;

    private static readonly Layer[] Layers =
    [
        new Layer.Conv(16, 3, 1), new Layer.Activate(Activation.LeakyRelu),
        new Layer.Conv(32, 3, 2), new Layer.Activate(Activation.LeakyRelu),
        new Layer.Conv(Channels, 3, 2), new Layer.Activate(Activation.LeakyRelu),
    ];

    private readonly SpriteNetwork _network;
    private readonly Value _maps;

    /// <summary>The network for sprites of one size.</summary>
    public RandomFeatures(int width, int height, IEngine engine)
    {
        var g = new Graph();
        Value sprites = SpriteNetwork.Input(g, width, height);
        _maps = g.Apply(Layers, g.Intensities(sprites, softAlpha: true), "random");
        _network = new SpriteNetwork(engine, g, TrainingState.Initial(g, Seed).Weights, sprites, _maps);
    }

    /// <inheritdoc/>
    public string Name => "random CNN";

    /// <inheritdoc/>
    public long Seed => 1;

    /// <inheritdoc/>
    public string Fingerprint => _network.Fingerprint;

    /// <inheritdoc/>
    public FeatureMatrix Of(IReadOnlyList<Rgba32[]> sprites)
    {
        var values = new double[sprites.Count * 2 * Channels];
        _network.Look(sprites, _maps, (row, maps) => Pool(maps, values.AsSpan(row * 2 * Channels, 2 * Channels)));
        return new FeatureMatrix(values, 2 * Channels);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    // (C, H, W) -> C means, C standard deviations
    private static void Pool(ReadOnlySpan<float> maps, Span<double> features)
    {
        int area = maps.Length / Channels;
        for (int c = 0; c < Channels; c++)
        {
            double sum = 0, squares = 0;
            foreach (float value in maps.Slice(c * area, area))
            {
                sum += value;
                squares += (double)value * value;
            }
            double mean = sum / area;
            features[c] = mean;
            features[Channels + c] = Math.Sqrt(Math.Max(0, (squares / area) - (mean * mean)));
        }
    }
}
