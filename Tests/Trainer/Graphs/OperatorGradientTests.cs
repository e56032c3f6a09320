using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Trainer.Graphs;

public sealed class OperatorGradientTests
{
    private static IEnumerable<OperatorCase> Cases => OperatorCases.Differentiable;

    private static IEnumerable<OperatorCase> Convolutions => Cases.Where(tried => tried.Products is not null);

    [TestCaseSource(nameof(Cases))]
    public void EveryOperatorsGradientMatchesFiniteDifferences(object subject)
    {
        var (trial, loss, gradient, _) = Differentiate((OperatorCase)subject);

        double[] expected = trial.Differences(loss);
        double onnx = Trial.RelativeError(trial.ByOnnxRuntime(gradient)[0].Data, expected);
        double exact = Trial.RelativeError(trial.ByInterpreter(gradient)[0].Data, expected);
        Worst.Note("operator gradients, ONNX Runtime", onnx);
        Worst.Note("operator gradients, interpreter", exact);
        Assert.That(exact, Is.LessThan(1e-6), "rule, in double precision");
        Assert.That(onnx, Is.LessThan(1e-4), "as ONNX Runtime computes it");
    }

    [TestCaseSource(nameof(Convolutions))]
    public void EveryFormulationOfAConvolutionsGradientIsReached(object subject)
    {
        var convolution = (OperatorCase)subject;
        var (trial, _, _, forward) = Differentiate(convolution);
        Node[] backward = [.. trial.Graph.Nodes.Skip(forward)];
        Assert.That(backward.Count(node => node.OpType == "Gemm"), Is.EqualTo(convolution.Products));
        if (convolution.Products == 0) // the convolution of x by dy is dilated by the stride
            Assert.That(backward.Any(node => node.OpType == "Conv" && node.Ints("dilations").Any(dilation => dilation > 1)), Is.True);
    }

    [Test]
    public void EveryOperatorWithAGradientHasACase()
    {
        var covered = new HashSet<Operator>(ReferenceEqualityComparer.Instance);
        foreach (OperatorCase tried in Cases)
        {
            var trial = new Trial();
            tried.Build(trial);
            covered.UnionWith(trial.Graph.Nodes.Select(node => node.Operator).Where(op => op.Type == tried.Subject));
        }
        IEnumerable<string> missing = OperatorCases.Existing.Where(pair => pair.Value.Gradient is not null && !covered.Contains(pair.Value)).Select(pair => pair.Key);
        Assert.That(missing, Is.Empty, "operators with a gradient rule and no case in OperatorCases");
    }

    [Test]
    public void WhatHasNoGradientSaysSo()
    {
        Func<Trial, Value>[] unsupported =
        [
            t => t.Graph.ReduceMax(t.Any(3, 2), 1),
            t => t.Graph.MatMul(t.Any(3, 2), t.Any(2, 4)),
            t => t.Graph.Conv(t.Any(1, 1, 9, 9), t.Any(1, 1, 3, 3), null, [1, 1], [2, 2, 2, 2], [2, 2]),
        ];
        foreach (Func<Trial, Value> build in unsupported)
        {
            var trial = new Trial();
            Value loss = trial.Graph.Sum(build(trial));
            Assert.That(() => Gradients.Of(trial.Graph, loss, trial.Graph.Parameters), Throws.TypeOf<NotSupportedException>());
        }
    }

    [Test]
    public void AParameterWithoutInfluenceIsNamed()
    {
        var trial = new Trial();
        Value used = trial.Any(3);
        trial.Graph.Parameter("idle", 1f, 2);
        Assert.That(() => Gradients.Of(trial.Graph, trial.Graph.Sum(used), trial.Graph.Parameters),
            Throws.InvalidOperationException.With.Message.Contains("'idle'"));
    }

    // loss = sum of the outcome times fixed numbers, so that no two elements weigh the same.
    private static (Trial Trial, Value Loss, Value Gradient, int Forward) Differentiate(OperatorCase tried)
    {
        var trial = new Trial();
        Graph g = trial.Graph;
        Value y = tried.Build(trial);
        Value loss = y.Shape.Length == 0 ? g.Scale(y, 0.7f) : g.Sum(g.Mul(y, trial.Fixed(y.Shape)));
        int forward = g.Nodes.Count;
        Value[] gradients = Gradients.Of(g, loss, g.Parameters);
        for (int i = 0; i < gradients.Length; i++)
            Assert.That(gradients[i].Shape, Is.EqualTo(g.Parameters[i].Value.Shape), "a gradient has its parameter's shape");
        Value flat = g.Concat(0, [.. gradients.Select(gradient => g.Reshape(gradient, gradient.Count)), g.Constant([0f], 1)]);
        return (trial, loss, g.Slice(flat, 0, 0, flat.Count - 1), forward);
    }
}
