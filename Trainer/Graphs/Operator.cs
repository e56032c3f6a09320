using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Graphs;

/// <summary>The shape that a node's inputs and attributes imply; throws <see cref="ArgumentException"/> where they do not fit.</summary>
internal delegate int[] ShapeRule(IReadOnlyList<Value> inputs, IReadOnlyDictionary<string, object> attributes);

/// <summary>
/// Emits, into <paramref name="graph"/>, the gradient of a scalar loss with respect to each input of <paramref name="node"/>,
/// given <paramref name="dy"/>, its gradient with respect to the node's output. Null for inputs that have none.
/// </summary>
internal delegate Value?[] GradientRule(Graph graph, Node node, Value dy);

/// <summary>An ONNX operator as this project uses it: its name, how shapes flow forward and how gradients flow back.</summary>
internal sealed record Operator(string Type, ShapeRule Shape, GradientRule? Gradient = null, ElementType? Output = null);
