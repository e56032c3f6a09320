using System;
using System.Collections.Generic;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Trainer.Graphs;

public sealed class ShapeErrorTests
{
    private static IEnumerable<TestCaseData> Mistakes()
    {
        static TestCaseData Case(string name, Func<Graph, Trial, Value> build, params string[] named) =>
            new TestCaseData(build, named).SetName($"{{m}}({name})");

        yield return Case("Add", (g, t) => g.Add(t.Any(3, 4), t.Any(5)), "(3,4)", "(5)");
        yield return Case("Max of unlike columns", (g, t) => g.Max(t.Any(2, 3), t.Any(3, 2)), "(2,3)", "(3,2)");
        yield return Case("Gemm", (g, t) => g.Gemm(t.Any(3, 4), t.Any(5, 2)), "(3,4)", "(5,2)");
        yield return Case("Gemm transposed", (g, t) => g.Gemm(t.Any(3, 4), t.Any(4, 2), transA: true), "(3,4)", "(4,2)");
        yield return Case("Gemm of a cube", (g, t) => g.Gemm(t.Any(3, 4, 1), t.Any(4, 2)), "(3,4,1)", "(4,2)");
        yield return Case("Gemm bias", (g, t) => g.Gemm(t.Any(3, 4), t.Any(4, 2), bias: t.Any(3)), "(3,4)", "(4,2)", "(3)");
        yield return Case("Conv channels", (g, t) => g.Conv(t.Any(1, 2, 8, 8), t.Any(3, 4, 3, 3), null, [1, 1], [1, 1, 1, 1]), "(1,2,8,8)", "(3,4,3,3)");
        yield return Case("Conv bias", (g, t) => g.Conv(t.Any(1, 2, 8, 8), t.Any(3, 2, 3, 3), t.Any(2), [1, 1], [1, 1, 1, 1]), "(3,2,3,3)", "(2)");
        yield return Case("Conv of a row", (g, t) => g.Conv(t.Any(1, 2, 8), t.Any(3, 2, 3, 3), null, [1, 1], [1, 1, 1, 1]), "(1,2,8)", "(3,2,3,3)");
        yield return Case("Conv kernel too large", (g, t) => g.Conv(t.Any(1, 2, 3, 3), t.Any(3, 2, 4, 4), null, [2, 2], [0, 0, 0, 0]), "(1,2,3,3)", "(3,2,4,4)");
        yield return Case("ConvTranspose channels", (g, t) => g.ConvTranspose(t.Any(1, 2, 4, 4), t.Any(3, 2, 4, 4), null, [2, 2], [1, 1, 1, 1]), "(1,2,4,4)", "(3,2,4,4)");
        yield return Case("ConvTranspose bias", (g, t) => g.ConvTranspose(t.Any(1, 3, 4, 4), t.Any(3, 2, 4, 4), t.Any(3), [2, 2], [1, 1, 1, 1]), "(3,2,4,4)", "(3)");
        yield return Case("DepthToSpace", (g, t) => g.DepthToSpace(t.Any(1, 6, 4, 4), 2), "(1,6,4,4)", "4 channels");
        yield return Case("Reshape", (g, t) => g.Reshape(t.Any(3, 4), 5, 2), "(3,4)", "(5,2)");
        yield return Case("Transpose rank", (g, t) => g.Transpose(t.Any(3, 4), 0, 2, 1), "(3,4)", "0,2,1");
        yield return Case("Transpose twice the same", (g, t) => g.Transpose(t.Any(3, 4), 0, 0), "(3,4)", "0,0");
        yield return Case("Concat", (g, t) => g.Concat(0, t.Any(3, 4), t.Any(3, 5)), "(3,4)", "(3,5)");
        yield return Case("Concat axis", (g, t) => g.Concat(2, t.Any(3, 4), t.Any(3, 4)), "(3,4)", "axis 2");
        yield return Case("Slice end", (g, t) => g.Slice(t.Any(3, 4), 1, 2, 5), "(3,4)", "2..5");
        yield return Case("Slice axis", (g, t) => g.Slice(t.Any(3, 4), 2, 0, 1), "(3,4)", "axis 2");
        yield return Case("Slice of nothing", (g, t) => g.Slice(t.Any(3, 4), 1, 2, 2), "(3,4)", "2..2");
        yield return Case("Pad", (g, t) => g.Pad(t.Any(3, 4), [1L, 1L, 1L]), "(3,4)", "1,1,1");
        yield return Case("ReduceSum", (g, t) => g.ReduceSum(t.Any(3, 4), [1, 2]), "(3,4)", "1,2");
        yield return Case("Where", (g, t) => g.Where(g.GreaterOrEqual(t.Any(3, 4), t.Any(4)), t.Any(4), 0f), "(3,4)", "(4)");
        yield return Case("GatherElements", (g, t) => g.GatherElements(t.Any(3, 4), t.Whole(ElementType.Int64, 4, 2, 1)), "(3,4)", "(2,1)");
        yield return Case("ScatterElements", (g, t) => g.ScatterElements(t.Any(3, 4), t.Whole(ElementType.Int64, 4, 3, 1), t.Any(3, 2)), "(3,4)", "(3,1)", "(3,2)");
        yield return Case("ReduceMax", (g, t) => g.ReduceMax(t.Any(3, 4), 2), "(3,4)", "no axis 2");
        yield return Case("MatMul", (g, t) => g.MatMul(t.Any(2, 3, 4), t.Any(2, 5, 6)), "(2,3,4)", "(2,5,6)", "4 and 5");
        yield return Case("MatMul of leading sides", (g, t) => g.MatMul(t.Any(2, 3, 4), t.Any(3, 4, 6)), "2 on the left and 3 on the right");
    }

    [TestCaseSource(nameof(Mistakes))]
    public void WrongShapesAreNamed(object build, string[] named)
    {
        var trial = new Trial();
        string message = Assert.Throws<ArgumentException>(() => ((Func<Graph, Trial, Value>)build)(trial.Graph, trial))!.Message;
        foreach (string part in named) Assert.That(message, Does.Contain(part));
    }
}
