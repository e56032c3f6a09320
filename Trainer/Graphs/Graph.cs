using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// A computation as data: nodes in the order they were added, which is an order they can run in. Shapes are inferred and checked
/// as each node is added. The operators themselves are in <see cref="Operators"/>.
/// </summary>
public sealed class Graph
{
    private readonly List<Node> _nodes = [];
    private readonly List<Value> _inputs = [];
    private readonly List<Parameter> _parameters = [];
    private readonly List<Value> _batchStatistics = [];
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<Value, ShortCut> _shortCuts = [];

    /// <summary>What must be fed at every run, in the order it was declared.</summary>
    public IReadOnlyList<Value> Inputs => _inputs;

    /// <summary>What training changes, in the order it was declared.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>P, how many numbers the parameters hold together.</summary>
    public int ParameterCount => _parameters.Count == 0 ? 0 : _parameters[^1].Offset + _parameters[^1].Value.Count;

    /// <summary>All nodes, in an order they can run in.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Values that describe the batch as a whole and do not enter the loss linearly; none depends on another.</summary>
    public IReadOnlyList<Value> BatchStatistics => _batchStatistics;

    /// <summary>Declares a tensor that is fed at every run.</summary>
    public Value Input(string name, ElementType type, params int[] shape)
    {
        var value = new Value(Unique(name), type, shape);
        _inputs.Add(value);
        return value;
    }

    /// <summary>Declares a trainable tensor; its elements start as normals of standard deviation <paramref name="initialStd"/>.</summary>
    public Value Parameter(string name, float initialStd, params int[] shape)
    {
        var value = new Value(Unique(name), ElementType.Float, shape);
        _parameters.Add(new Parameter(value, ParameterCount, initialStd));
        return value;
    }

    /// <summary>A float constant; a scalar when no shape is given.</summary>
    public Value Constant(float value) => new(Unique("c"), ElementType.Float, [], null, new[] { value });

    /// <summary>A float tensor that never changes, row-major.</summary>
    public Value Constant(float[] data, params int[] shape) => new(Unique("c"), ElementType.Float, shape, null, data);

    /// <summary>A list of integers that never changes.</summary>
    public Value Constant(params long[] data) => new(Unique("c"), ElementType.Int64, [data.Length], null, data);

    /// <summary>
    /// Declares how the gradient flows from <paramref name="output"/> to <paramref name="inputs"/>, past the nodes between them, where
    /// a formula for the whole is cheaper or more exact than the chain of its parts.
    /// </summary>
    internal void DefineGradient(Value output, Value[] inputs, Func<Value, Value?[]> rule) =>
        _shortCuts.Add(output, new ShortCut(inputs, rule));

    /// <summary>
    /// Declares that a value describes the batch as a whole: where processes share a batch, they go on with its mean over all of them, so
    /// that their gradients add up to that of the whole batch.
    /// </summary>
    internal Value OfWholeBatch(Value statistic)
    {
        _batchStatistics.Add(statistic);
        return statistic;
    }

    internal bool TryGetShortCut(Value output, out ShortCut shortCut) => _shortCuts.TryGetValue(output, out shortCut!);

    internal Value Emit(Operator op, params Value[] inputs) => Emit(op, inputs, []);

    internal Value Emit(Operator op, Value[] inputs, Dictionary<string, object> attributes)
    {
        int[] shape;
        try
        {
            shape = op.Shape(inputs, attributes);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"{op.Type}({string.Join(", ", inputs.Select(i => i.ToString()))}): {e.Message}", e);
        }
        var node = new Node(op, inputs, attributes);
        node.Output = new Value(Unique(op.Type), op.Output ?? inputs[0].Type, shape, node);
        _nodes.Add(node);
        return node.Output;
    }

    private string Unique(string name)
    {
        string candidate = name;
        for (int i = 1; !_names.Add(candidate); i++)
            candidate = $"{name}_{_names.Count + i}";
        return candidate;
    }

    /// <summary>A gradient rule that spans several nodes.</summary>
    internal sealed record ShortCut(Value[] Inputs, Func<Value, Value?[]> Rule);
}
