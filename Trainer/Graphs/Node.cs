using System.Collections.Generic;

namespace VaeContent.Trainer.Graphs;

/// <summary>One application of an operator.</summary>
public sealed class Node
{
    internal Node(Operator op, IReadOnlyList<Value> inputs, IReadOnlyDictionary<string, object> attributes)
    {
        Operator = op;
        Inputs = inputs;
        Attributes = attributes;
    }

    /// <summary>What is applied.</summary>
    internal Operator Operator { get; }

    /// <summary>The name of the ONNX operator.</summary>
    public string OpType => Operator.Type;

    /// <summary>What it is applied to.</summary>
    public IReadOnlyList<Value> Inputs { get; }

    /// <summary>ONNX attributes: <c>long</c>, <c>long[]</c>, <c>float</c> or <c>string</c>.</summary>
    public IReadOnlyDictionary<string, object> Attributes { get; }

    /// <summary>What it computes.</summary>
    public Value Output { get; internal set; } = null!;

    internal long[] Ints(string name) => (long[])Attributes[name];

    internal long Int(string name) => (long)Attributes[name];
}
