using System;
using System.Diagnostics;
using System.Linq;
using System.Runtime.InteropServices;
using TorchSharp;
using VaeContent.Trainer.Graphs;
using Tensor = TorchSharp.torch.Tensor;

namespace VaeContent.Trainer.Engines.Torch;

/// <summary>
/// A training graph in libtorch: forward nodes, autograd, then <see cref="Adam"/> in libtorch's own operators on flat vectors. The
/// parameters that nodes read are views of the flat weights, so an update in place is seen by all.
/// </summary>
internal sealed class TorchTrainingSession : ITrainingSession
{
    private readonly TrainingGraph _graph;
    private readonly TorchInputs _inputs;
    private readonly TorchProgram _forward;
    private readonly Tensor _weights, _first, _second, _average;
    private readonly Tensor[] _parameters, _averaged;
    private readonly float[] _report, _means;

    public TorchTrainingSession(TrainingGraph graph, TrainingState state, torch.Device device)
    {
        _graph = graph;
        Graph g = graph.Graph;
        if (state.Weights.Length != g.ParameterCount) throw new ArgumentException($"a state of {state.Weights.Length} weights for a graph of {g.ParameterCount}", nameof(state));
        Tensor Flat(float[] data)
        {
            using Tensor onCpu = torch.tensor(data);
            return onCpu.to(device, copy: true).DetachFromDisposeScope();
        }
        (_weights, _first, _second, _average) = (Flat(state.Weights), Flat(state.FirstMoment), Flat(state.SecondMoment), Flat(state.Average));
        _parameters = Views(g, _weights, trainable: true);
        _averaged = Views(g, _average, trainable: false);
        _inputs = new TorchInputs(g, graph.Data, device);
        _forward = new TorchProgram(g, [.. graph.Data, .. g.Parameters.Select(parameter => parameter.Value)], [graph.Loss, .. graph.Terms], device);
        _report = new float[graph.Terms.Count + 1];
        _means = new float[graph.Terms.Count];
    }

    public TimeSpan TimeInRuntime { get; private set; }

    public Span<T> Input<T>(Value input) where T : unmanaged => _inputs.Span<T>(input);

    public ReadOnlySpan<float> Step(in StepSettings settings)
    {
        long started = Stopwatch.GetTimestamp();
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor[] found = _forward.Run([.. _inputs.OnDevice(), .. _parameters]);
        found[0].backward();
        using (torch.no_grad())
        {
            Tensor norm = Update(settings);
            Copy(torch.cat([.. found.Skip(1).Select(term => term.reshape(1).mul(1f / _graph.Batch)), norm.reshape(1)]), _report);
        }
        TimeInRuntime += Stopwatch.GetElapsedTime(started);
        return _report;
    }

    public ReadOnlySpan<float> Evaluate()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using (torch.no_grad())
        {
            Tensor[] found = _forward.Run([.. _inputs.OnDevice(), .. _averaged]);
            Copy(torch.cat([.. found.Skip(1).Select(term => term.reshape(1).mul(1f / _graph.Batch))]), _means);
        }
        return _means;
    }

    public void Read(TrainingState state)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Copy(_weights, state.Weights);
        Copy(_first, state.FirstMoment);
        Copy(_second, state.SecondMoment);
        Copy(_average, state.Average);
    }

    public void Dispose()
    {
        _forward.Dispose();
        _inputs.Dispose();
        foreach (Tensor tensor in _parameters.Concat(_averaged).Concat([_weights, _first, _second, _average])) tensor.Dispose();
    }

    // The formulas of Adam, in place. Returns the gradient's norm before it was shortened.
    private Tensor Update(in StepSettings settings)
    {
        const float rate1 = 1f - TrainingGraph.Beta1, rate2 = 1f - TrainingGraph.Beta2;
        Tensor gradient = torch.cat([.. _parameters.Select(parameter => parameter.grad!.reshape(-1))]).mul_(1f / _graph.Batch);
        foreach (Tensor parameter in _parameters) parameter.grad = null; // or the next one would be added to it
        Tensor norm = gradient.square().sum().sqrt();
        gradient.mul_(norm.clamp_min(_graph.GradientClip).reciprocal().mul(_graph.GradientClip));

        _first.mul_(1.0 - rate1).add_(gradient, alpha: rate1);
        _second.mul_(1.0 - rate2).addcmul_(gradient, gradient, value: rate2);
        Tensor scale = _second.mul(1.0 / (1.0 - Math.Pow(TrainingGraph.Beta2, settings.Step))).sqrt_().add_(TrainingGraph.Epsilon);
        _weights.addcdiv_(_first, scale, value: -settings.LearningRate / (1.0 - Math.Pow(TrainingGraph.Beta1, settings.Step)));
        _average.add_(_weights.sub(_average), alpha: 1f - settings.AverageDecay);
        return norm;
    }

    private static void Copy(Tensor tensor, float[] destination) => MemoryMarshal.Cast<byte, float>(tensor.cpu().bytes).CopyTo(destination);

    private static Tensor[] Views(Graph graph, Tensor flat, bool trainable) =>
    [
        .. graph.Parameters.Select(parameter =>
        {
            using Tensor part = flat.narrow(0, parameter.Offset, parameter.Value.Count);
            using Tensor shaped = part.view(TorchOperators.Longs(parameter.Value.Shape));
            return shaped.detach().requires_grad_(trainable).DetachFromDisposeScope();
        }),
    ];
}
