using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using VaeContent.Trainer.Graphs;
using Tensor = TorchSharp.torch.Tensor;

namespace VaeContent.Trainer.Engines.Torch;

/// <summary>What a node does, given its inputs in order.</summary>
internal delegate Tensor TorchRule(Node node, Tensor[] x);

/// <summary>
/// What each operator is in libtorch. Taken are only functions whose native side catches C++ exceptions (mm, not matmul, which ends the
/// process), on shapes that the graph has checked. Derivatives are libtorch's own; where it leaves a choice, at a tie or a kink, the form
/// here chooses as the graph's gradient rules do.
/// </summary>
internal static partial class TorchOperators
{
    private static readonly Dictionary<string, TorchRule> Rules = new()
    {
        ["Add"] = (_, x) => x[0].add(x[1]),
        ["Sub"] = (_, x) => x[0].sub(x[1]),
        ["Mul"] = (_, x) => x[0].mul(x[1]),
        ["Div"] = (_, x) => x[0].div(x[1]),
        ["Max"] = (_, x) => torch.where(x[0].ge(x[1]), x[0], x[1]), // maximum would halve the gradient at a tie
        ["GreaterOrEqual"] = (_, x) => x[0].ge(x[1]),
        ["Where"] = (_, x) => torch.where(x[0], x[1], x[2]),
        ["Neg"] = (_, x) => x[0].neg(),
        ["Exp"] = (_, x) => x[0].exp(),
        ["Log"] = (_, x) => x[0].log(),
        ["Abs"] = (_, x) => x[0].abs(),
        ["Sqrt"] = (_, x) => x[0].sqrt(),
        ["Tanh"] = (_, x) => x[0].tanh(),
        ["Sigmoid"] = (_, x) => x[0].sigmoid(),
        ["Relu"] = (_, x) => x[0].relu(),
        ["LeakyRelu"] = (n, x) => torch.nn.functional.leaky_relu(x[0], (float)n.Attributes["alpha"]),
        ["Sign"] = (_, x) => x[0].sign(),
        ["Clip"] = (_, x) => torch.minimum(torch.maximum(x[0], x[1]), x[2]),
        ["Cast"] = (n, x) => x[0].to_type(TypeOf((ElementType)n.Int("to"))),
        ["Gemm"] = Gemm,
        ["Softmax"] = (_, x) => x[0].softmax(-1),
        ["GatherElements"] = (_, x) => x[0].gather(-1, x[1]),
        ["ScatterElements"] = (_, x) => x[0].scatter(-1, x[1], x[2]),
        ["Gather"] = (_, x) => x[0].index_select(0, x[1]),
        ["ScatterND"] = (_, x) => x[0].index_copy(0, x[1].reshape(-1), x[2]),
        ["ReduceMax"] = (n, x) => x[0].amax(n.Ints("axes"), keepdim: n.Int("keepdims") == 1),
        ["MatMul"] = MatMul,
        ["Conv"] = Conv,
        ["ConvTranspose"] = ConvTranspose,
        ["DepthToSpace"] = (n, x) => torch.nn.functional.pixel_shuffle(x[0], n.Int("blocksize")),
        ["Reshape"] = (n, x) => x[0].reshape(Longs(n.Output.Shape)),
        ["Transpose"] = (n, x) => x[0].permute(n.Ints("perm")),
        ["Concat"] = (n, x) => torch.cat(x, n.Int("axis")),
        ["Slice"] = Slice,
        ["Pad"] = (n, x) => PadBy(x[0], (long[])n.Attributes["#pads"]),
        ["ReduceSum"] = ReduceSum,
    };

    /// <summary>The operators that have a rule, by their ONNX names.</summary>
    public static IReadOnlyCollection<string> Known => Rules.Keys;

    /// <summary>The rule of an operator.</summary>
    public static TorchRule Of(Node node) => Rules.TryGetValue(node.OpType, out TorchRule? rule) ? rule
        : throw new NotSupportedException($"the engine 'torch' has no rule for {node.OpType}");

    /// <summary>An element type in libtorch.</summary>
    public static torch.ScalarType TypeOf(ElementType type) => type switch
    {
        ElementType.Float => torch.ScalarType.Float32,
        ElementType.UInt8 => torch.ScalarType.Byte,
        ElementType.Int64 => torch.ScalarType.Int64,
        ElementType.Bool => torch.ScalarType.Bool,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such type in libtorch"),
    };

    /// <summary>A shape in libtorch.</summary>
    public static long[] Longs(int[] shape) => Array.ConvertAll(shape, side => (long)side);

    // alpha op(A) op(B) [+ C]
    private static Tensor Gemm(Node node, Tensor[] x)
    {
        Tensor a = node.Int("transA") == 1 ? x[0].t() : x[0], b = node.Int("transB") == 1 ? x[1].t() : x[1];
        float alpha = (float)node.Attributes["alpha"];
        if (x.Length > 2) return torch.addmm(x[2], a, b, beta: 1f, alpha: alpha);
        Tensor product = a.mm(b);
        return alpha == 1f ? product : product.mul(alpha);
    }

    // Products of matrices one by one, after the leading sides have been broadcast.
    private static Tensor MatMul(Node node, Tensor[] x)
    {
        int[] y = node.Output.Shape;
        Tensor Flat(Tensor side, long rows, long columns) => side.expand([.. Longs(y[..^2]), rows, columns]).reshape(-1, rows, columns);
        return Flat(x[0], y[^2], x[0].shape[^1]).bmm(Flat(x[1], x[1].shape[^2], y[^1])).reshape(Longs(y));
    }

    private static Tensor Slice(Node node, Tensor[] x)
    {
        if (node.Attributes.TryGetValue("#axis", out object? reversed)) return x[0].flip((long)reversed);
        return ((Operators.Cut[])node.Attributes["#cuts"]).Aggregate(x[0], (y, cut) => y.narrow(cut.Axis, cut.Start, cut.End - cut.Start));
    }

    private static Tensor ReduceSum(Node node, Tensor[] x)
    {
        long[] axes = (long[])node.Attributes["#axes"];
        return axes.Length == 0 ? x[0].alias() : x[0].sum(axes, keepdim: node.Int("keepdims") == 1); // no axes would mean all
    }
}
