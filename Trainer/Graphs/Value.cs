using System;
using System.Linq;

namespace VaeContent.Trainer.Graphs;

/// <summary>One tensor of a <see cref="Graph"/>: an input, a trainable parameter, a constant, or what a node computes.</summary>
public sealed class Value
{
    internal Value(string name, ElementType type, int[] shape, Node? producer = null, Array? constant = null)
    {
        Name = name;
        Type = type;
        Shape = shape;
        Producer = producer;
        Constant = constant;
    }

    /// <summary>Unique in its graph, and the name in the ONNX file.</summary>
    public string Name { get; }

    /// <summary>What it is made of.</summary>
    public ElementType Type { get; }

    /// <summary>Its dimensions; none for a scalar.</summary>
    public int[] Shape { get; }

    /// <summary>The node that computes it; null for inputs, parameters and constants.</summary>
    public Node? Producer { get; }

    /// <summary>The data of a constant (<c>float[]</c>, <c>long[]</c> or <c>byte[]</c>), else null.</summary>
    internal Array? Constant { get; }

    /// <summary>How many elements it has.</summary>
    public int Count => Shape.Aggregate(1, (product, dimension) => product * dimension);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}({string.Join(',', Shape)})";
}
