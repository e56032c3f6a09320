using System;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Commands;

/// <summary>The file of a model whose weights take the least room without changing its sprites.</summary>
/// <param name="Decoder">The file.</param>
/// <param name="Explanation">Its precision and what that keeps, in words.</param>
internal sealed record SmallestFile(byte[] Decoder, string Explanation)
{
    // What a smaller file may cost: the share of palette pixels that stay, and the levels of 255 by which an RGBA channel moves.
    private const double LeastEqual = 0.999, MostDifference = 0.1;
    private const int Judged = 128;

    public static SmallestFile Of(Shipment model, float grain)
    {
        byte[] exact = model.Decoder(WeightPrecision.Float32, grain);
        VaeBundle reference = VaeBundle.Load(exact, "float32");
        foreach (WeightPrecision precision in new[] { WeightPrecision.Int8, WeightPrecision.Float16 })
        {
            byte[] candidate = model.Decoder(precision, grain);
            PixelAgreement agreement = PixelAgreement.Of(reference, VaeBundle.Load(candidate, precision.ToString()), firstSeed: 0, Judged);
            if (reference.Palette is null ? agreement.MeanDifference <= MostDifference : agreement.Equal >= LeastEqual)
                return new SmallestFile(candidate, FormattableString.Invariant($"{precision.ToString().ToLowerInvariant()} weights, {agreement.Equal * 100:F2}% of pixels as with float32"));
        }
        return new SmallestFile(exact, "float32 weights: smaller ones would change the sprites");
    }
}
