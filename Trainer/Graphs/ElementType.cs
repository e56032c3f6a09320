namespace VaeContent.Trainer.Graphs;

/// <summary>What a tensor is made of; the numbers are ONNX's data type codes.</summary>
public enum ElementType
{
    /// <summary>32-bit floating point.</summary>
    Float = 1,

    /// <summary>Bytes: pixels and palette indices.</summary>
    UInt8 = 2,

    /// <summary>Indices and shapes.</summary>
    Int64 = 7,

    /// <summary>Outcome of a comparison.</summary>
    Bool = 9,
}
