using System;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Trainer.Export;

/// <summary>A trained model, ready to be written.</summary>
/// <param name="Write">The file that ships, for a precision of its weights and a strength of its grain.</param>
/// <param name="Encoder">The file that stays with the tools.</param>
public sealed record Shipment(Func<WeightPrecision, float, byte[]> Write, byte[] Encoder)
{
    /// <summary>The file that ships.</summary>
    /// <param name="precision">How its weights are stored.</param>
    /// <param name="grain">How strongly the choice of colours is grained, 0 for not at all; models without a palette know no
    /// grain.</param>
    public byte[] Decoder(WeightPrecision precision, float grain = 0f) => Write(precision, grain);
}
