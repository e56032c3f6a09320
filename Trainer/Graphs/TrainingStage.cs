using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// A part of a training step's graph that runs in one go. A process that trains alone has one. Processes that share a batch stop where
/// they have to agree: on the numbers that describe the batch as a whole (<see cref="Graph.BatchStatistics"/>), then on the gradient. What
/// the second stage needs of the first goes from hand to hand, and nothing is computed twice.
/// </summary>
/// <param name="Inputs">What it is fed: inputs of the graph, and values of the stage before.</param>
/// <param name="Outputs">What it computes.</param>
/// <param name="Averaged">Outputs that are replaced by their means over all processes before what comes next.</param>
internal sealed record TrainingStage(IReadOnlyList<Value> Inputs, IReadOnlyList<Value> Outputs, IReadOnlyList<Value> Averaged)
{
    /// <summary>The stages of a step, alone or shared.</summary>
    public static TrainingStage[] Of(TrainingGraph graph, bool isShared)
    {
        Value[] data = [.. graph.Data, graph.Weights], wanted = [graph.Gradient, .. graph.AdversarialGradient is { } adversarial ? [adversarial] : System.Array.Empty<Value>(), .. graph.Terms], statistics = [.. graph.Graph.BatchStatistics];
        if (!isShared || statistics.Length == 0) return [new(data, wanted, wanted)];

        // What both sides of the cut need is computed before it.
        HashSet<Node> before = Needed(statistics, []);
        var handed = new HashSet<Value>();
        Needed(wanted, [.. statistics], node =>
        {
            if (before.Contains(node)) handed.Add(node.Output);
            return !before.Contains(node);
        });
        Value[] across = [.. statistics, .. graph.Graph.Nodes.Select(node => node.Output).Where(value => handed.Contains(value) && !statistics.Contains(value))];
        Value[] early = [.. wanted.Where(across.Contains)], late = [.. wanted.Except(early)];
        return [new(data, across, [.. statistics, .. early]), new([.. data, .. across], late, late)];
    }

    // The nodes that compute some values; those of 'known' values, and those that 'goOn' refuses, are left out.
    private static HashSet<Node> Needed(IEnumerable<Value> values, HashSet<Value> known, System.Func<Node, bool>? goOn = null)
    {
        var needed = new HashSet<Node>();
        var open = new Stack<Value>(values);
        while (open.TryPop(out Value? value))
        {
            if (value.Producer is not { } node || known.Contains(value) || needed.Contains(node) || goOn?.Invoke(node) == false) continue;
            needed.Add(node);
            foreach (Value input in node.Inputs) open.Push(input);
        }
        return needed;
    }
}
