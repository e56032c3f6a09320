using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training.Select;

/// <summary>The file of a model with its weights in fewer bytes, and what that costs.</summary>
/// <param name="Decoder">The file.</param>
/// <param name="Explanation">Its precision and what that keeps, in words.</param>
internal sealed record CompactFile(byte[] Decoder, string Explanation)
{
    // What a smaller file may cost: the share of palette pixels that stay, and the levels of 255 by which an RGBA channel moves.
    private const double LeastEqual = 0.999, MostDifference = 0.1;
    private const int Judged = 128;

    /// <summary>The one that takes the least room without changing the sprites.</summary>
    public static CompactFile Smallest(Shipment model, Texture texture)
    {
        byte[] exact = model.Decoder(WeightPrecision.Float32, texture);
        VaeBundle reference = VaeBundle.Load(exact, "float32");
        foreach (WeightPrecision precision in new[] { WeightPrecision.Int8, WeightPrecision.Float16 })
        {
            var (file, keeps) = Compare(model, precision, texture, reference);
            if (keeps) return file;
        }
        return new CompactFile(exact, "float32 weights: smaller ones would change the sprites");
    }

    /// <summary>The one of a precision.</summary>
    public static CompactFile In(WeightPrecision precision, Shipment model, Texture texture)
    {
        byte[] exact = model.Decoder(WeightPrecision.Float32, texture);
        return precision == WeightPrecision.Float32 ? new CompactFile(exact, "float32 weights")
            : Compare(model, precision, texture, VaeBundle.Load(exact, "float32")).File;
    }

    private static (CompactFile File, bool Keeps) Compare(Shipment model, WeightPrecision precision, Texture texture,
        VaeBundle reference)
    {
        byte[] decoder = model.Decoder(precision, texture);
        PixelAgreement agreement = PixelAgreement.Between(reference, VaeBundle.Load(decoder, precision.ToString()), firstSeed: 0,
            Judged);
        string name = precision.ToString().ToLowerInvariant();
        return reference.Palette is null
            ? (new(decoder, $"{name} weights, channels within {agreement.MeanDifference:F3} of 255 on average of float32's"),
                agreement.MeanDifference <= MostDifference)
            : (new(decoder, $"{name} weights, {agreement.Equal * 100:F2}% of pixels as with float32"),
                agreement.Equal >= LeastEqual);
    }
}
