namespace VaeContent.Trainer.Graphs;

/// <summary>
/// How the weights of a written model are stored. They are turned back to floats when the model is loaded, so precision changes the
/// file's size and a little of what it computes, never its speed.
/// </summary>
public enum WeightPrecision
{
    /// <summary>As trained, 4 bytes a weight.</summary>
    Float32,

    /// <summary>Half floats, 2 bytes a weight: 11 significant bits.</summary>
    Float16,

    /// <summary>Whole numbers of -127..127, 1 byte a weight, in steps of their own for each channel; in decoders fitted to the training sprites.</summary>
    Int8,
}
