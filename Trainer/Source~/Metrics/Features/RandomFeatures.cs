using System.Collections.Generic;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// What an untrained network sees: three convolutions with weights of a fixed seed, the same for every set and size, then mean
/// and standard deviation of each of the last 64 channels over the picture. Knows nothing of the set, so that nothing can be
/// fitted to it.
/// </summary>
public sealed class RandomFeatures : IFeatureSpace
{
    private const int Channels = 64;

    private readonly int _width, _height;
    private readonly Stack _network;

    /// <summary>The network for sprites of one size.</summary>
    public RandomFeatures(int width, int height)
    {
        LibTorch.Require();
        (_width, _height) = (width, height);
        var init = new WeightInit(Seed);
        Nonlinearity Act(int i) => new($"act{i}", Activation.LeakyRelu);
        _network = new Stack("random",
        [
            new Convolution("conv0", 4, 16, kernel: 3, stride: 1, init), Act(0),
            new Convolution("conv1", 16, 32, kernel: 3, stride: 2, init), Act(1),
            new Convolution("conv2", 32, Channels, kernel: 3, stride: 2, init), Act(2),
        ]);
        Fingerprint = _network.Fingerprint();
    }

    /// <inheritdoc/>
    public string Name => "random CNN";

    /// <inheritdoc/>
    public long Seed => 1;

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public FeatureMatrix Extract(IReadOnlyList<Rgba32[]> sprites) => SpriteNetwork.Matrix(sprites, _width, _height, x =>
    {
        Tensor places = _network.call(x).flatten(2).to_type(ScalarType.Float64); // (B, C, places)
        return cat([places.mean([2]), places.var(2, unbiased: false).clamp_min(0).sqrt()], 1); // C means, C standard deviations
    });

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
