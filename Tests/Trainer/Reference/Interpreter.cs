using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Trainer.Reference;

/// <summary>
/// What a graph means, in double precision and plain loops: the judge of gradients, of ONNX Runtime and of shape inference. Nothing
/// is shared with the code it judges; every operator states its own outcome's shape.
/// </summary>
internal static partial class Interpreter
{
    private static readonly Dictionary<string, Func<Node, Tensor[], Tensor>> Meanings = new()
    {
        ["Add"] = (_, x) => Binary(x, (a, b) => a + b),
        ["Sub"] = (_, x) => Binary(x, (a, b) => a - b),
        ["Mul"] = (_, x) => Binary(x, (a, b) => a * b),
        ["Div"] = (_, x) => Binary(x, (a, b) => a / b),
        ["Max"] = (_, x) => Binary(x, Math.Max),
        ["GreaterOrEqual"] = (_, x) => Binary(x, (a, b) => a >= b ? 1 : 0),
        ["Where"] = (_, x) => new(x[1].Shape, [.. x[1].Data.Select((a, i) => x[0].Data[i] != 0 ? a : x[2].Data[0])]),
        ["Neg"] = (_, x) => Unary(x, a => -a),
        ["Exp"] = (_, x) => Unary(x, Math.Exp),
        ["Log"] = (_, x) => Unary(x, Math.Log),
        ["Abs"] = (_, x) => Unary(x, Math.Abs),
        ["Sqrt"] = (_, x) => Unary(x, Math.Sqrt),
        ["Tanh"] = (_, x) => Unary(x, Math.Tanh),
        ["Sigmoid"] = (_, x) => Unary(x, a => 1 / (1 + Math.Exp(-a))),
        ["Relu"] = (_, x) => Unary(x, a => Math.Max(a, 0)),
        ["LeakyRelu"] = (n, x) => Unary(x, a => a >= 0 ? a : a * (float)n.Attributes["alpha"]),
        ["Clip"] = (_, x) => Unary(x, a => Math.Clamp(a, x[1].Data[0], x[2].Data[0])),
        ["Sign"] = (_, x) => Unary(x, a => Math.Sign(a)),
        ["Cast"] = (n, x) => n.Int("to") == (long)ElementType.Float ? x[0] : Unary(x, Math.Truncate),
        ["Gemm"] = Gemm,
        ["Softmax"] = Softmax,
        ["GatherElements"] = (_, x) => GatherElements(x[0], x[1]),
        ["ScatterElements"] = (_, x) => ScatterElements(x[0], x[1], x[2]),
        ["Gather"] = (_, x) => GatherRows(x[0], x[1]),
        ["ScatterND"] = (_, x) => ScatterRows(x[0], x[1], x[2]),
        ["MatMul"] = (n, x) => MatMul(x[0], x[1], n.Output.Shape),
        ["ReduceMax"] = (n, x) => ReduceMax(x[0], (int)n.Ints("axes")[0]),
        ["Conv"] = Conv,
        ["ConvTranspose"] = ConvTranspose,
        ["DepthToSpace"] = (n, x) => DepthToSpace(x[0], (int)n.Int("blocksize")),
        ["Reshape"] = (_, x) => Reshape(x[0], x[1]),
        ["Transpose"] = (n, x) => Transpose(x[0], n.Ints("perm")),
        ["Concat"] = (n, x) => Concat(x, (int)n.Int("axis")),
        ["Slice"] = (_, x) => Slice(x[0], x[1], x[2], x[3], x.Length > 4 ? x[4] : null),
        ["Pad"] = (_, x) => Pad(x[0], x[1]),
        ["ReduceSum"] = (n, x) => ReduceSum(x[0], x[1], n.Int("keepdims") == 1),
    };

    /// <summary>Computes <paramref name="wanted"/>.</summary>
    /// <param name="graph">What to compute.</param>
    /// <param name="weights">All parameters, flat.</param>
    /// <param name="feeds">The inputs; a computed value may be fed too, and what only it needs is then not computed.</param>
    /// <param name="wanted">What is asked for.</param>
    public static Tensor[] Run(Graph graph, double[] weights, IReadOnlyDictionary<Value, double[]> feeds, params Value[] wanted)
    {
        var known = new Dictionary<Value, Tensor>();
        foreach (var (value, data) in feeds) known.Add(value, new Tensor(value.Shape, data));
        foreach (Parameter parameter in graph.Parameters)
            known.TryAdd(parameter.Value, new Tensor(parameter.Value.Shape, weights[parameter.Offset..(parameter.Offset + parameter.Value.Count)]));

        HashSet<Node> needed = Needed(wanted, known);
        foreach (Node node in graph.Nodes)
        {
            if (!needed.Contains(node)) continue;
            Tensor outcome = Meanings[node.OpType](node, [.. node.Inputs.Select(Get)]);
            if (!outcome.Shape.SequenceEqual(node.Output.Shape))
                throw new InvalidOperationException($"{node.Output} was inferred, {node.OpType} gives ({string.Join(',', outcome.Shape)})");
            known.Add(node.Output, outcome);
        }
        return [.. wanted.Select(Get)];

        Tensor Get(Value value)
        {
            if (known.TryGetValue(value, out Tensor? tensor)) return tensor;
            if (value.Constant is null) throw new InvalidOperationException($"{value} is not fed");
            return known[value] = new Tensor(value.Shape, [.. value.Constant.Cast<object>().Select(Convert.ToDouble)]);
        }
    }

    private static HashSet<Node> Needed(Value[] wanted, Dictionary<Value, Tensor> known)
    {
        var needed = new HashSet<Node>();
        var open = new Stack<Value>(wanted);
        while (open.TryPop(out Value? value))
        {
            if (known.ContainsKey(value) || value.Producer is not { } node || !needed.Add(node)) continue;
            foreach (Value input in node.Inputs) open.Push(input);
        }
        return needed;
    }

    private static Tensor Unary(Tensor[] x, Func<double, double> f) => new(x[0].Shape, Array.ConvertAll(x[0].Data, value => f(value)));

    // Shapes are aligned at their last axis; an axis of 1 is repeated.
    private static Tensor Binary(Tensor[] x, Func<double, double, double> f)
    {
        int rank = Math.Max(x[0].Rank, x[1].Rank);
        int Side(Tensor t, int axis) => axis - (rank - t.Rank) is >= 0 and var own ? t.Shape[own] : 1;
        int[] shape = [.. Enumerable.Range(0, rank).Select(axis => Math.Max(Side(x[0], axis), Side(x[1], axis)))];
        int[][] steps = [.. x.Select(t => Enumerable.Range(0, rank).Select(axis => Side(t, axis) == 1 ? 0 : t.Strides[axis - (rank - t.Rank)]).ToArray())];
        return Tensor.Build(shape, index =>
        {
            int left = 0, right = 0;
            for (int axis = 0; axis < index.Length; axis++)
            {
                left += index[axis] * steps[0][axis];
                right += index[axis] * steps[1][axis];
            }
            return f(x[0].Data[left], x[1].Data[right]);
        });
    }
}
