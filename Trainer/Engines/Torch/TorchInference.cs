using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using TorchSharp;
using VaeContent.Trainer.Graphs;
using Tensor = TorchSharp.torch.Tensor;

namespace VaeContent.Trainer.Engines.Torch;

/// <summary>A part of a graph with fixed weights in libtorch.</summary>
internal sealed class TorchInference : IInference
{
    private readonly TorchInputs _inputs;
    private readonly TorchProgram _program;
    private readonly Tensor[] _parameters;
    private readonly Value[] _wanted;
    private readonly Dictionary<Value, Tensor> _outputs = [];

    public TorchInference(Graph graph, float[] weights, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs, torch.Device device)
    {
        if (weights.Length != graph.ParameterCount) throw new ArgumentException($"{weights.Length} weights for a graph of {graph.ParameterCount}", nameof(weights));
        _wanted = [.. outputs];
        _inputs = new TorchInputs(graph, inputs, device);
        _program = new TorchProgram(graph, [.. inputs, .. graph.Parameters.Select(parameter => parameter.Value)], outputs, device);
        _parameters = [.. graph.Parameters.Select(parameter =>
        {
            using Tensor flat = torch.tensor(weights.AsSpan(parameter.Offset, parameter.Value.Count).ToArray());
            using Tensor shaped = flat.reshape(TorchOperators.Longs(parameter.Value.Shape));
            return shaped.to(device, copy: true).DetachFromDisposeScope();
        })];
        foreach (Value output in outputs)
            _outputs[output] = torch.zeros(TorchOperators.Longs(output.Shape), TorchOperators.TypeOf(output.Type)).DetachFromDisposeScope();
    }

    public Span<T> Input<T>(Value input) where T : unmanaged => _inputs.Span<T>(input);

    public void Run()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using (torch.no_grad())
        {
            Tensor[] found = _program.Run([.. _inputs.OnDevice(), .. _parameters]);
            for (int i = 0; i < found.Length; i++) _outputs[_wanted[i]].copy_(found[i]);
        }
    }

    public ReadOnlySpan<T> Output<T>(Value output) where T : unmanaged => MemoryMarshal.Cast<byte, T>(_outputs[output].bytes);

    public void Dispose()
    {
        _program.Dispose();
        _inputs.Dispose();
        foreach (Tensor tensor in _parameters.Concat(_outputs.Values)) tensor.Dispose();
    }
}
