using System;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Training;

/// <summary>The memory of one batch of a network on latents, which the caller refills for each step.</summary>
/// <param name="spec">The network.</param>
internal sealed class LatentBatch(FlowSpec spec)
{
    /// <summary>Rows, B.</summary>
    public const int Size = 128;

    private readonly float[] _points = new float[Size * spec.Latent], _targets = new float[Size * spec.Latent];
    private readonly float[] _times = new float[Size * FlowNetwork.TimeFeatures], _labels = new float[Size * spec.Labels];

    /// <summary>x of a row, (Z): where the network stands.</summary>
    public Span<float> Point(int row) => _points.AsSpan(row * spec.Latent, spec.Latent);

    /// <summary>(Z): what the network should say there, or where it should lead.</summary>
    public Span<float> Target(int row) => _targets.AsSpan(row * spec.Latent, spec.Latent);

    /// <summary>Sets the time, and the label where there are labels; -1 for none.</summary>
    public void Tell(int row, float time, int label)
    {
        FlowNetwork.DescribeInto(time, _times.AsSpan(row * FlowNetwork.TimeFeatures, FlowNetwork.TimeFeatures));
        Span<float> told = _labels.AsSpan(row * spec.Labels, spec.Labels);
        told.Clear();
        if (told.Length > 0 && label >= 0) told[label] = 1;
    }

    /// <summary>(B, Z): where the network stands.</summary>
    public Tensor Points => Rows(_points);

    /// <summary>(B, Z): what it should say there, or where it should lead.</summary>
    public Tensor Targets => Rows(_targets);

    /// <summary>What a network says at the points, (B, Z).</summary>
    public Tensor Ask(FlowNetwork network) =>
        network.call(Points, Rows(_times), spec.Labels > 0 ? Rows(_labels) : null);

    /// <summary>The squared error of what a network says, the mean over rows of the sum over dimensions.</summary>
    public Tensor SquaredError(FlowNetwork network, Tensor right) => Ask(network).sub(right).square().sum().div(Size);

    private static Tensor Rows(float[] data) => tensor(data).reshape(Size, -1);
}
