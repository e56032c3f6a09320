using System;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Export;

/// <summary>A trained model, ready to be written.</summary>
/// <param name="Write">The file that ships, for a precision of its weights and a texture.</param>
/// <param name="Encoder">The file that stays with the tools.</param>
public sealed record Shipment(Func<WeightPrecision, Texture, byte[]> Write, byte[] Encoder)
{
    /// <summary>The file that ships.</summary>
    /// <param name="precision">How its weights are stored.</param>
    /// <param name="texture">How the choice of colours is finished; models without a palette know none.</param>
    public byte[] Decoder(WeightPrecision precision, Texture texture = default) => Write(precision, texture);
}
