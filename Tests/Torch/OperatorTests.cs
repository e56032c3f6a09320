using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Graphs;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Engines.Torch;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Torch;

public sealed class OperatorTests
{
    private static readonly TorchEngine Engine = new(threads: 1);

    private static IEnumerable<OperatorCase> Differentiable => OperatorCases.Differentiable;

    private static IEnumerable<OperatorCase> Cases => [.. OperatorCases.Differentiable, .. OperatorCases.Others()];

    [Test]
    public void EveryOperatorHasARuleAndNoOtherHas() =>
        Assert.That(TorchOperators.Known, Is.EquivalentTo(OperatorCases.Existing.Values.Select(op => op.Type).Distinct()),
            "what TorchOperators knows is what Graphs can emit");

    [TestCaseSource(nameof(Cases))]
    public void LibTorchComputesWhatTheInterpreterDoes(object subject)
    {
        var trial = new Trial(seed: 2);
        Value y = ((OperatorCase)subject).Build(trial);
        float[] weights = Array.ConvertAll(trial.Weights, x => (float)x);
        using IInference inference = Engine.Infer(trial.Graph, weights, [.. trial.Feeds.Keys], [y]);
        foreach (var (value, data) in trial.Feeds) Feeding.Write(value, data, inference.Input<byte>);
        inference.Run();
        Tensor expected = trial.ByInterpreter(y)[0];
        Assert.That(Trial.RelativeError(Feeding.Read(y, inference.Output<byte>(y)), expected.Data), Is.LessThan(1e-5));
    }

    // The gradient is what the first step leaves in the first moment: (1 - beta1) times it, since it is not shortened.
    [TestCaseSource(nameof(Differentiable))]
    public void AutogradAgreesWithTheGradientRules(object subject)
    {
        var trial = new Trial();
        Graph g = trial.Graph;
        Value y = ((OperatorCase)subject).Build(trial);
        Value loss = y.Shape.Length == 0 ? g.Scale(y, 0.7f) : g.Sum(g.Mul(y, trial.Fixed(y.Shape)));
        double[] weights = trial.Weights;
        var graph = new TrainingGraph(g, loss, batch: 1, gradientClip: 1e9f, loss);
        var state = new TrainingState(weights.Length);
        for (int i = 0; i < weights.Length; i++) state.Weights[i] = (float)weights[i];
        using ITrainingSession session = Engine.Start(graph, state);
        foreach (var (value, data) in trial.Feeds) Feeding.Write(value, data, session.Input<byte>);
        session.Step(new StepSettings(1, 1e-3f, 0.9f));
        session.Read(state);
        double[] found = Array.ConvertAll(state.FirstMoment, m => m / (1.0 - TrainingGraph.Beta1));
        double[] expected = Interpreter.Run(g, weights, trial.Feeds, graph.Gradient)[0].Data;
        Assert.That(Trial.RelativeError(found, expected), Is.LessThan(1e-5));
    }

    [Test]
    public void AnIndexOutsideWhatItPicksFromNeverReachesLibTorch()
    {
        var g = new Graph();
        Value rows = g.Input("rows", ElementType.Int64, 2), picked = g.GatherRows(g.Parameter("p", 1f, 3, 2), rows);
        using IInference inference = Engine.Infer(g, new float[6], [rows], [picked]);
        inference.Input<long>(rows)[1] = 3;
        Assert.That(inference.Run, Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("expected 0 to 2"));
        inference.Input<long>(rows)[1] = 2;
        Assert.That(inference.Run, Throws.Nothing);
    }

    [Test]
    public void AStateOrWeightsOfAnotherModelAreRefused()
    {
        var g = new Graph();
        Value loss = g.Sum(g.Square(g.Parameter("p", 1f, 3)));
        Assert.That(() => Engine.Infer(g, new float[4], [], [loss]), Throws.ArgumentException);
        Assert.That(() => Engine.Start(new TrainingGraph(g, loss, 1, 1f, loss), new TrainingState(2)), Throws.ArgumentException);
    }
}
