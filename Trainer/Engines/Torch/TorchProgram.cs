using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using VaeContent.Trainer.Graphs;
using Tensor = TorchSharp.torch.Tensor;

namespace VaeContent.Trainer.Engines.Torch;

/// <summary>
/// The nodes that some values need, in order, each with its rule. Shapes are fixed when a graph is built; they are checked against what
/// libtorch makes of them in the first run, before anything is computed from it.
/// </summary>
internal sealed class TorchProgram : IDisposable
{
    private readonly record struct Call(Node Node, TorchRule Rule, int[] Inputs, int Output);

    private readonly Dictionary<Value, int> _places = [];
    private readonly List<Call> _calls = [];
    private readonly List<(int Place, Tensor Data)> _constants = [];
    private readonly int[] _given, _wanted;
    private readonly Value[] _givenValues;
    private readonly Tensor[] _values;
    private bool _checked;

    /// <summary>Prepares what <paramref name="wanted"/> need, entered at <paramref name="given"/>.</summary>
    public TorchProgram(Graph graph, IReadOnlyList<Value> given, IReadOnlyList<Value> wanted, torch.Device device)
    {
        _givenValues = [.. given];
        _given = [.. given.Select(Place)];
        HashSet<Node> needed = Needed(given, wanted);
        foreach (Node node in graph.Nodes.Where(needed.Contains))
        {
            int[] shape = node.Operator.Shape(node.Inputs, node.Attributes);
            if (!shape.AsSpan().SequenceEqual(node.Output.Shape)) throw new InvalidOperationException($"{node.Output} should have the shape ({string.Join(',', shape)})");
            foreach (Value input in node.Inputs.Where(input => !_places.ContainsKey(input)))
            {
                if (input.Constant is null) throw new InvalidOperationException($"{node.OpType} needs {input}, which is not given");
                _constants.Add((Place(input), Constant(input, device)));
            }
            _calls.Add(new Call(node, TorchOperators.Of(node), [.. node.Inputs.Select(input => _places[input])], Place(node.Output)));
        }
        _wanted = [.. wanted.Select(value => _places[value])];
        _values = new Tensor[_places.Count];
        foreach (var (place, data) in _constants) _values[place] = data;
    }

    /// <summary>Computes the wanted values; what it makes belongs to the caller's dispose scope.</summary>
    public Tensor[] Run(IReadOnlyList<Tensor> given)
    {
        for (int i = 0; i < _given.Length; i++)
        {
            if (!_checked) Check(_givenValues[i], given[i]);
            _values[_given[i]] = given[i];
        }
        foreach (Call call in _calls)
        {
            Tensor outcome = call.Rule(call.Node, Array.ConvertAll(call.Inputs, place => _values[place]));
            if (!_checked) Check(call.Node.Output, outcome);
            _values[call.Output] = outcome;
        }
        _checked = true;
        return Array.ConvertAll(_wanted, place => _values[place]);
    }

    public void Dispose()
    {
        foreach (var (_, data) in _constants) data.Dispose();
    }

    private int Place(Value value)
    {
        if (!_places.TryGetValue(value, out int place)) _places.Add(value, place = _places.Count);
        return place;
    }

    private static void Check(Value value, Tensor found)
    {
        if (!found.shape.AsSpan().SequenceEqual(TorchOperators.Longs(value.Shape)) || found.dtype != TorchOperators.TypeOf(value.Type))
            throw new InvalidOperationException($"{value} of {value.Type} was inferred, libtorch has ({string.Join(',', found.shape)}) of {found.dtype}");
    }

    private static Tensor Constant(Value value, torch.Device device)
    {
        if (value.Constant!.Length != value.Count) throw new InvalidOperationException($"{value} has {value.Constant.Length} numbers");
        using Tensor flat = value.Constant switch
        {
            float[] data => torch.tensor(data),
            long[] data => torch.tensor(data),
            byte[] data => torch.tensor(data),
            _ => throw new NotSupportedException($"{value} is a constant of {value.Type}"),
        };
        using Tensor shaped = flat.reshape(TorchOperators.Longs(value.Shape));
        return shaped.to(device, copy: true).DetachFromDisposeScope();
    }

    private static HashSet<Node> Needed(IReadOnlyList<Value> given, IReadOnlyList<Value> wanted)
    {
        var known = new HashSet<Value>(given);
        var needed = new HashSet<Node>();
        var open = new Stack<Value>(wanted);
        while (open.TryPop(out Value? value))
        {
            if (known.Contains(value) || value.Producer is not { } node || !needed.Add(node)) continue;
            foreach (Value input in node.Inputs) open.Push(input);
        }
        return needed;
    }
}
