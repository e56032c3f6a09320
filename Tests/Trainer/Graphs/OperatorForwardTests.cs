using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Trainer.Graphs;

public sealed class OperatorForwardTests
{
    private static IEnumerable<OperatorCase> Cases => [.. OperatorCases.Differentiable, .. OperatorCases.Others()];

    [TestCaseSource(nameof(Cases))]
    public void OnnxRuntimeComputesWhatTheInterpreterDoes(object subject)
    {
        var trial = new Trial(seed: 2);
        Value y = ((OperatorCase)subject).Build(trial);
        Tensor found = trial.ByOnnxRuntime(y)[0], expected = trial.ByInterpreter(y)[0];
        double error = Trial.RelativeError(found.Data, expected.Data);
        Worst.Note("operators forward", error);
        Assert.That(found.Shape, Is.EqualTo(expected.Shape));
        Assert.That(error, Is.LessThan(1e-5));
    }

    [Test]
    public void EveryOperatorHasACase()
    {
        var covered = new HashSet<Operator>(ReferenceEqualityComparer.Instance);
        foreach (OperatorCase tried in Cases)
        {
            var trial = new Trial();
            tried.Build(trial);
            covered.UnionWith(trial.Graph.Nodes.Select(node => node.Operator).Where(op => op.Type == tried.Subject));
        }
        Assert.That(OperatorCases.Existing.Where(pair => !covered.Contains(pair.Value)).Select(pair => pair.Key), Is.Empty);
    }
}
