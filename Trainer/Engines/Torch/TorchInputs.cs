using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using TorchSharp;
using VaeContent.Trainer.Graphs;
using Tensor = TorchSharp.torch.Tensor;

namespace VaeContent.Trainer.Engines.Torch;

/// <summary>Tensors that the caller fills, in the CPU's memory for good; on another device each run takes a copy.</summary>
internal sealed class TorchInputs : IDisposable
{
    private readonly Dictionary<Value, int> _places = [];
    private readonly Tensor[] _host, _onDevice;
    private readonly List<(Value Indices, long Bound)> _bounded;

    /// <summary>Memory of zeros for each input of <paramref name="graph"/> that is named.</summary>
    public TorchInputs(Graph graph, IReadOnlyList<Value> inputs, torch.Device device)
    {
        for (int i = 0; i < inputs.Count; i++) _places.Add(inputs[i], i);
        Tensor Zeros(Value value, torch.Device where) =>
            torch.zeros(TorchOperators.Longs(value.Shape), TorchOperators.TypeOf(value.Type), where).DetachFromDisposeScope();
        _host = [.. inputs.Select(value => Zeros(value, torch.CPU))];
        _onDevice = device.type == DeviceType.CPU ? _host : [.. inputs.Select(value => Zeros(value, device))];
        _bounded = [.. Bounds(graph).Where(bound => _places.ContainsKey(bound.Indices))];
    }

    /// <summary>An input's memory, row-major.</summary>
    public Span<T> Span<T>(Value input) where T : unmanaged => MemoryMarshal.Cast<byte, T>(_host[_places[input]].bytes);

    /// <summary>The inputs as they are now, on the device, in the order they were named.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index points outside what it picks from.</exception>
    public IReadOnlyList<Tensor> OnDevice()
    {
        foreach (var (indices, bound) in _bounded)
        {
            foreach (long index in Span<long>(indices))
                if ((ulong)index >= (ulong)bound) throw new ArgumentOutOfRangeException(indices.Name, index, $"expected 0 to {bound - 1}");
        }
        if (!ReferenceEquals(_host, _onDevice))
        {
            for (int i = 0; i < _host.Length; i++) _onDevice[i].copy_(_host[i]);
        }
        return _onDevice;
    }

    public void Dispose()
    {
        foreach (Tensor tensor in _host.Concat(_onDevice)) tensor.Dispose(); // twice does no harm
    }

    // Inputs that say which elements to pick, and how many there are to pick from.
    private static IEnumerable<(Value Indices, long Bound)> Bounds(Graph graph) =>
        from node in graph.Nodes
        where node.OpType is "Gather" or "GatherElements" or "ScatterElements" or "ScatterND"
        let indices = node.Inputs[1].Producer is { OpType: "Reshape" } reshape ? reshape.Inputs[0] : node.Inputs[1]
        where indices.Producer is null && indices.Constant is null
        let shape = node.Inputs[0].Shape
        select (indices, (long)(node.OpType is "Gather" or "ScatterND" ? shape[0] : shape[^1]));
}
