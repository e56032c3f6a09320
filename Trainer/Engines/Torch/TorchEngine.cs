using System;
using System.Collections.Generic;
using TorchSharp;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines.Torch;

/// <summary>
/// Runs graphs in libtorch: walks the forward nodes and lets autograd differentiate. What it trains is what <see cref="OrtEngine"/> trains, up
/// to the rounding of floats: same loss, same gradients, same optimiser, same state.
/// </summary>
public sealed class TorchEngine : IEngine
{
    private readonly torch.Device _device;

    /// <summary>An engine on <c>cpu</c>, <c>cuda</c> or <c>mps</c>; 0 threads means all cores. The number of threads holds for all engines of the process.</summary>
    /// <exception cref="UserError">libtorch cannot be loaded.</exception>
    public TorchEngine(string device = "cpu", int threads = 0)
    {
        LibTorch.Require();
        _device = torch.device(device);
        torch.set_num_threads(threads > 0 ? threads : Environment.ProcessorCount);
        Description = $"{new TorchEngineKind().Library}, {(device == "cpu" ? $"CPU, {torch.get_num_threads()} threads" : device)}";
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public int Threads => torch.get_num_threads();

    /// <inheritdoc/>
    public ITrainingSession Start(TrainingGraph graph, TrainingState state) => graph.Adversary is null ? new TorchTrainingSession(graph, state, _device)
        : throw new NotSupportedException("a graph with an adversary");

    /// <inheritdoc/>
    public IInference Infer(Graph graph, float[] weights, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs) =>
        new TorchInference(graph, weights, inputs, outputs, _device);
}
