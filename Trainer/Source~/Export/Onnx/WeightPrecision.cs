namespace VaeContent.Trainer.Export.Onnx;

/// <summary>
/// How the weights of a written model are stored. They are turned back to floats when the model is loaded, so precision changes
/// the file's size and a little of what it computes, never its speed.
/// </summary>
public enum WeightPrecision
{
    /// <summary>As trained, 4 bytes a weight.</summary>
    Float32,

    /// <summary>Half floats, 2 bytes a weight: 11 significant bits.</summary>
    Float16,

    /// <summary>
    /// Whole numbers of -127..127, 1 byte a weight, with a scale for each channel; in decoders calibrated on the training
    /// sprites.
    /// </summary>
    Int8,
}
