using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using TorchSharp;
using VaeContent.Tests.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>Each step of a network in libtorch against the ONNX nodes it writes.</summary>
public sealed class BlockTests
{
    private static readonly int[] Sides = [8, 7, 5];

    private static IEnumerable<TestCaseData> Blocks()
    {
        static TestCaseData Case(string name, Func<WeightInit, Block> make, params long[] x) =>
            new TestCaseData(make, x).SetArgDisplayNames(name);

        yield return Case("dense", init => new Dense("d", 12, 5, init), 3, 12);
        yield return Case("dense of a map", init => new Dense("d", 12, 5, init), 3, 3, 2, 2);
        foreach (int kernel in new[] { 3, 4 })
        {
            foreach (int height in Sides)
            {
                foreach (int width in Sides)
                {
                    foreach (int stride in new[] { 1, 2 })
                        yield return Case($"convolution {kernel} of {height}x{width} by {stride}",
                            init => new Convolution("c", 3, 4, kernel, stride, init), 2, 3, height, width);
                    yield return Case($"upsampling {kernel} to {height}x{width}",
                        init => new Upsample("u", 3, 4, height, width, kernel, init), 2, 3, (height + 1) / 2, (width + 1) / 2);
                }
            }
        }
        yield return Case("unflatten", _ => new Unflatten("f", 2, 3, 4), 2, 24);
        foreach (Activation function in Enum.GetValues<Activation>())
            yield return Case($"{function}", _ => new Nonlinearity("n", function), 2, 40);
        yield return Case("stack", init => new Stack("s",
            [new Dense("a", 6, 8, init), new Nonlinearity("b", Activation.Silu), new Dense("c", 8, 3, init)]), 2, 6);
    }

    [TestCaseSource(nameof(Blocks))]
    public void ABlockWritesWhatItComputes(object make, long[] shape)
    {
        using DisposeScope scope = NewDisposeScope();
        Block block = TinyModels.Shaken(((Func<WeightInit, Block>)make)(new WeightInit(1)));
        Tensor x = TinyModels.Normal(2, shape), expected = block.call(x);
        Assert.That(OnnxRun.Distance(OnnxRun.Evaluate(x, block.ToOnnx), expected), Is.LessThan(1e-5));
        Assert.That(expected.abs().max().item<float>(), Is.GreaterThan(0.01f));
        if (block is Convolution or Upsample) Assert.That(expected.shape[2..], Is.All.GreaterThan(1));
    }

    [Test]
    public void OddSidesAreHalvedUpwards([Values(3, 4)] int kernel, [Values(7, 8, 9)] int side)
    {
        var init = new WeightInit(1);
        using var conv = new Convolution("c", 1, 1, kernel, stride: 2, init);
        using var up = new Upsample("u", 1, 1, side, side, kernel, init);
        Tensor half = conv.call(zeros(1, 1, side, side));
        Assert.That(half.shape, Is.EqualTo(new long[] { 1, 1, (side + 1) / 2, (side + 1) / 2 }));
        Assert.That(up.call(half).shape, Is.EqualTo(new long[] { 1, 1, side, side }));
    }

    [Test]
    public void LabelsOfColumnsAreToldColumnByColumn()
    {
        var spec = new ModelSpec { ConditionLabels = 3, LabelColumns = [[0, 0], [0, 1], [1, 0]] };
        using var condition = new LabelCondition(spec);
        Tensor label = eye(3);
        Assert.That(condition.call(label).ToArray(), Is.EqualTo(new float[] { 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0 }));
        Assert.That(OnnxRun.Evaluate(label, condition.ToOnnx).ToArray(), Is.EqualTo(condition.call(label).ToArray()));
        using var plain = new LabelCondition(spec with { LabelColumns = [] });
        Assert.That(plain.call(label).ToArray(), Is.EqualTo(label.ToArray()));
    }

    private static IEnumerable<TestCaseData> Mistakes()
    {
        static TestCaseData Case(string name, Func<OnnxGraph, Func<int[], OnnxValue>, OnnxValue> build, params string[] named) =>
            new TestCaseData(build, named).SetArgDisplayNames(name);

        yield return Case("add", (g, x) => g.Add(x([3, 4]), x([5])), "4 on the left", "5 on the right");
        yield return Case("gemm", (g, x) => g.Gemm(x([3, 4]), x([5, 2])), "(3,4)", "(5,2)");
        yield return Case("gemm bias", (g, x) => g.Gemm(x([3, 4]), x([4, 2]), x([3])), "(3)", "2 columns");
        yield return Case("conv channels", (g, x) => g.Conv(x([1, 2, 8, 8]), x([3, 4, 3, 3]), x([3]), 1, [1, 1, 1, 1]),
            "(1,2,8,8)", "(3,4,3,3)");
        yield return Case("transposed conv channels", (g, x) => g.ConvTranspose(x([1, 2, 4, 4]), x([3, 2, 4, 4]), x([2]), 0),
            "(1,2,4,4)", "(3,2,4,4)");
        yield return Case("depth to space", (g, x) => g.DepthToSpace(x([1, 6, 4, 4])), "(1,6,4,4)");
        yield return Case("reshape", (g, x) => g.Reshape(x([3, 4]), 5, 2), "(3,4)", "(5,2)");
        yield return Case("slice", (g, x) => g.Slice(x([3, 4]), 1, 2, 5), "(3,4)", "2..5");
        yield return Case("matmul", (g, x) => g.MatMul(x([2, 3, 4]), x([2, 5, 6])), "(2,3,4)", "(2,5,6)");
    }

    [TestCaseSource(nameof(Mistakes))]
    public void AWrongShapeIsNamed(object build, string[] named)
    {
        var g = new OnnxGraph();
        int count = 0;
        OnnxValue New(int[] shape) => g.Input($"x{count++}", ElementType.Float, shape);
        string message = Assert.Throws<ArgumentException>(() =>
            ((Func<OnnxGraph, Func<int[], OnnxValue>, OnnxValue>)build)(g, New))!.Message;
        foreach (string part in named) Assert.That(message, Does.Contain(part));
    }

    [Test]
    public void MetadataIsKept()
    {
        byte[] file = new OnnxGraph().ToBytes(new Dictionary<string, string> { ["artist"] = "Zoë" });
        Assert.That(ModelProto.Parser.ParseFrom(file).MetadataProps.Single(),
            Is.EqualTo(new StringStringEntryProto { Key = "artist", Value = "Zoë" }));
    }
}
