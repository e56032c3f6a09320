namespace VaeContent.Trainer.Models;

/// <summary>One step of a network, as data. What it computes is in <c>Graphs/LayerGraph.cs</c>.</summary>
public abstract record Layer
{
    /// <summary>y = x W + b; x is flattened first.</summary>
    public sealed record Linear(int Units) : Layer;

    /// <summary>A square convolution. With stride 2 a side of n becomes ceil(n / 2), with stride 1 it stays.</summary>
    public sealed record Conv(int Channels, int Kernel, int Stride) : Layer;

    /// <summary>A transposed convolution of stride 2 with a 4x4 or 3x3 kernel, cropped to the given size where that is odd.</summary>
    public sealed record Upsample(int Channels, int Height, int Width, int Kernel = 4) : Layer;

    /// <summary>Units as a map of channels x height x width.</summary>
    public sealed record Unflatten(int Channels, int Height, int Width) : Layer;

    /// <summary>An elementwise nonlinearity.</summary>
    public sealed record Activate(Activation Function) : Layer;
}
