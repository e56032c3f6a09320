using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Trainer.Graphs;

/// <summary>Convolutions: each formulation of the weights' gradient, on even and odd maps, small and large.</summary>
internal static partial class OperatorCases
{
    // How many matrix products each formulation has; a 4x4 kernel by taps has 16.
    private const int ByConv = 0, ByOneProduct = 1, ByBlocks = 4, ByTaps = 9;

    /// <summary>All operators that exist, by the names of their fields.</summary>
    public static IReadOnlyDictionary<string, Operator> Existing { get; } = typeof(Operators)
        .GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
        .Where(field => field.FieldType == typeof(Operator))
        .ToDictionary(field => field.Name, field => (Operator)field.GetValue(null)!);

    private static Operator Named(string field) => Existing[field];

    private static IEnumerable<OperatorCase> Convolutions()
    {
        // 4x4 of stride 2: what every encoder is made of.
        foreach (var (h, w, products) in new[] { (8, 8, ByBlocks), (7, 9, ByBlocks), (2, 3, ByBlocks), (4, 4, ByBlocks) })
        {
            yield return Conv([2, 2, h, w], [3, 2, 4, 4], [2, 2], [1, 1, 1 + (h % 2), 1 + (w % 2)], products);
        }
        yield return Conv([2, 1, 24, 24], [2, 1, 4, 4], [2, 2], [1, 1, 1, 1], ByConv);
        yield return Conv([1, 2, 25, 23], [1, 2, 4, 4], [2, 2], [1, 1, 2, 2], ByConv);
        yield return Conv([3, 5, 6, 6], [1, 5, 4, 4], [2, 2], [1, 1, 1, 1], ByBlocks, bias: false);
        yield return Conv([2, 1, 6, 6], [3, 1, 4, 4], [2, 2], [0, 0, 0, 0], ByBlocks);
        yield return Conv([2, 1, 7, 6], [3, 1, 4, 4], [2, 2], [0, 0, 0, 0], ByBlocks); // the last row is never reached
        // 3x3 of stride 1, and other windows of stride 1
        yield return Conv([2, 2, 6, 5], [3, 2, 3, 3], [1, 1], [1, 1, 1, 1], ByTaps);
        yield return Conv([1, 3, 4, 4], [2, 3, 3, 3], [1, 1], [1, 1, 1, 1], ByTaps, bias: false);
        yield return Conv([2, 1, 16, 13], [2, 1, 3, 3], [1, 1], [1, 1, 1, 1], ByTaps);
        yield return Conv([2, 2, 6, 6], [2, 2, 3, 3], [1, 1], [0, 0, 0, 0], ByTaps);
        yield return Conv([2, 2, 6, 7], [2, 2, 3, 5], [1, 1], [1, 2, 1, 2], 15);
        yield return Conv([2, 2, 6, 6], [2, 2, 4, 4], [1, 1], [1, 1, 2, 2], 16);
        yield return Conv([2, 3, 5, 4], [4, 3, 1, 1], [1, 1], [0, 0, 0, 0], ByOneProduct);
        yield return Conv([2, 3, 12, 12], [2, 3, 1, 1], [1, 1], [0, 0, 0, 0], ByOneProduct, bias: false);
        // other strides
        yield return Conv([2, 2, 8, 7], [3, 2, 3, 3], [2, 2], [1, 1, 1, 1], ByConv);
        yield return Conv([2, 2, 6, 6], [3, 2, 2, 2], [2, 2], [0, 0, 0, 0], ByConv);
        yield return Conv([2, 2, 6, 6], [3, 2, 1, 1], [2, 2], [0, 0, 0, 0], ByConv);
        yield return Conv([2, 2, 10, 10], [3, 2, 4, 4], [3, 3], [1, 1, 1, 1], ByConv);
        yield return Conv([2, 2, 6, 8], [3, 2, 4, 4], [1, 2], [1, 1, 2, 1], ByConv);
        yield return Conv([2, 2, 8, 6], [3, 2, 4, 4], [2, 1], [1, 1, 1, 2], ByConv);
        // the first layer, whose input needs no gradient
        yield return new("Conv", "of fixed numbers", t => t.Graph.Conv(t.Fixed(2, 2, 8, 8), t.Any(3, 2, 4, 4), t.Any(3), [2, 2], [1, 1, 1, 1]), ByBlocks);
    }

    private static IEnumerable<OperatorCase> Transposed()
    {
        yield return Transposed([2, 3, 4, 4], [3, 2, 4, 4], [2, 2], [1, 1, 1, 1], [0, 0], ByBlocks);
        yield return Transposed([1, 2, 3, 5], [2, 3, 4, 4], [2, 2], [1, 1, 1, 1], [0, 0], ByBlocks);
        yield return Transposed([2, 2, 1, 1], [2, 1, 4, 4], [2, 2], [1, 1, 1, 1], [0, 0], ByBlocks);
        yield return Transposed([1, 2, 12, 12], [2, 2, 4, 4], [2, 2], [1, 1, 1, 1], [0, 0], ByConv);
        yield return Transposed([1, 2, 3, 4], [2, 3, 4, 4], [2, 2], [1, 1, 1, 1], [1, 1], ByBlocks);
        yield return Transposed([1, 2, 3, 4], [2, 3, 3, 3], [2, 2], [1, 1, 1, 1], [1, 0], ByConv);
        yield return Transposed([1, 2, 3, 4], [2, 3, 2, 2], [2, 2], [0, 0, 0, 0], [0, 0], ByConv, bias: false);
        yield return Transposed([2, 2, 4, 5], [2, 3, 3, 3], [1, 1], [1, 1, 1, 1], [0, 0], ByTaps);
        foreach (int block in new[] { 2, 3 })
            yield return new("DepthToSpace", $"by {block}", t => t.Graph.DepthToSpace(t.Any(2, 2 * block * block, 3, 2), block));
    }

    private static OperatorCase Conv(int[] x, int[] w, long[] strides, long[] pads, int products, bool bias = true) => new("Conv",
        $"({string.Join(',', x)}) {w[2]}x{w[3]} stride {string.Join('-', strides)} pads {string.Join('-', pads)}{(bias ? "" : " no bias")}",
        t => t.Graph.Conv(t.Any(x), t.Any(w), bias ? t.Any(w[0]) : null, strides, pads), products);

    private static OperatorCase Transposed(int[] x, int[] w, long[] strides, long[] pads, long[] extra, int products, bool bias = true) => new("ConvTranspose",
        $"({string.Join(',', x)}) {w[2]}x{w[3]} stride {string.Join('-', strides)} more {string.Join('-', extra)}{(bias ? "" : " no bias")}",
        t => t.Graph.ConvTranspose(t.Any(x), t.Any(w), bias ? t.Any(w[1]) : null, strides, pads, extra), products);
}
