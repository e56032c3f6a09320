using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Graphs;

/// <summary>Reverse-mode differentiation: walks a graph's nodes backwards and lets each operator's rule emit more graph.</summary>
internal static class Gradients
{
    /// <summary>
    /// Adds the nodes that compute d loss / d parameter. <paramref name="loss"/> is a scalar; the outcome has one value per
    /// parameter, of its shape.
    /// </summary>
    public static Value[] Of(Graph graph, Value loss, IReadOnlyList<Parameter> parameters)
    {
        var wanted = DependsOn(graph, parameters);
        var gradients = new Dictionary<Value, Value> { [loss] = graph.Constant(1f) };
        var nodes = new List<Node>(graph.Nodes); // the walk appends to the graph

        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            Node node = nodes[i];
            if (!gradients.TryGetValue(node.Output, out Value? dy) || !wanted.Contains(node.Output)) continue;
            if (graph.TryGetShortCut(node.Output, out Graph.ShortCut shortCut))
            {
                Add(shortCut.Inputs, shortCut.Rule(dy));
                continue;
            }
            if (node.Operator.Gradient is not { } rule) throw new NotSupportedException($"{node.OpType} has no gradient rule");
            Add(node.Inputs, rule(graph, node, dy));
        }

        var outcome = new Value[parameters.Count];
        for (int i = 0; i < outcome.Length; i++)
            outcome[i] = gradients.TryGetValue(parameters[i].Value, out Value? gradient) ? gradient
                : throw new InvalidOperationException($"parameter '{parameters[i].Value.Name}' has no influence on the loss");
        return outcome;

        void Add(IReadOnlyList<Value> inputs, Value?[] parts)
        {
            for (int k = 0; k < parts.Length; k++)
            {
                if (parts[k] is not { } part || !wanted.Contains(inputs[k])) continue;
                gradients[inputs[k]] = gradients.TryGetValue(inputs[k], out Value? sum) ? graph.Add(sum, part) : part;
            }
        }
    }

    private static HashSet<Value> DependsOn(Graph graph, IReadOnlyList<Parameter> parameters)
    {
        var dependents = new HashSet<Value>();
        foreach (Parameter parameter in parameters) dependents.Add(parameter.Value);
        foreach (Node node in graph.Nodes)
        {
            foreach (Value input in node.Inputs)
                if (dependents.Contains(input)) dependents.Add(node.Output);
        }
        return dependents;
    }
}
