using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// How faithfully sprites survive the way through encoder and decoder. A pixel is foreground where its original has alpha 128 or
/// more.
/// </summary>
/// <param name="Sprites">How many were judged.</param>
/// <param name="ForegroundExact">
/// The share of foreground pixels that come back with exactly their RGBA, 0..1; higher is better.
/// </param>
/// <param name="Exact">The same share over whole pictures; invisible pixels are equal whatever their colour.</param>
/// <param name="SilhouetteIou">
/// Intersection over union of the foregrounds of original and result, mean over sprites, 0..1; higher is better.
/// </param>
/// <param name="Psnr">
/// Peak signal-to-noise ratio over premultiplied RGBA in decibels, from the squared error of all sprites together; higher is
/// better; null where there is no error at all.
/// </param>
public sealed record Reconstruction(int Sprites, double ForegroundExact, double Exact, double SilhouetteIou, double? Psnr)
{
    private const int OpaqueFrom = 128;

    /// <summary>Compares sprites, (H, W) pixels each, with what came back, in the same order.</summary>
    public static Reconstruction Evaluate(IReadOnlyList<Rgba32[]> originals, IReadOnlyList<Rgba32[]> outcomes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(originals.Count, nameof(originals));
        ArgumentOutOfRangeException.ThrowIfNotEqual(outcomes.Count, originals.Count, nameof(outcomes));
        long pixels = 0, foreground = 0, exact = 0, foregroundExact = 0;
        double overlap = 0, squares = 0;
        for (int i = 0; i < originals.Count; i++)
        {
            long both = 0, either = 0;
            for (int p = 0; p < originals[i].Length; p++)
            {
                Rgba32 original = originals[i][p], outcome = outcomes[i][p];
                bool isForeground = original.A >= OpaqueFrom, becameForeground = outcome.A >= OpaqueFrom;
                if (isForeground) foreground++;
                if (isForeground && becameForeground) both++;
                if (isForeground || becameForeground) either++;
                if (original == outcome || (original.A | outcome.A) == 0)
                {
                    exact++;
                    if (isForeground) foregroundExact++;
                }
                else
                {
                    squares += SquaredError(original, outcome);
                }
            }
            pixels += originals[i].Length;
            overlap += either == 0 ? 1 : (double)both / either;
        }
        double mse = squares / (4.0 * pixels);
        return new Reconstruction(originals.Count, foreground == 0 ? 1 : (double)foregroundExact / foreground,
            (double)exact / pixels, overlap / originals.Count, mse == 0 ? null : 10 * Math.Log10(255 * 255 / mse));
    }

    private static double SquaredError(Rgba32 a, Rgba32 b)
    {
        double red = Premultiplied(a.R, a.A) - Premultiplied(b.R, b.A);
        double green = Premultiplied(a.G, a.A) - Premultiplied(b.G, b.A);
        double blue = Premultiplied(a.B, a.A) - Premultiplied(b.B, b.A);
        double alpha = a.A - b.A;
        return (red * red) + (green * green) + (blue * blue) + (alpha * alpha);
    }

    private static double Premultiplied(byte channel, byte alpha) => channel * alpha / 255.0;
}
