using System;

namespace VaeContent.Trainer.Engines;

/// <summary>How a discriminator's pull joins a decoder's gradient.</summary>
internal static class Adversary
{
    private const float Smallest = 1e-6f;

    /// <summary>
    /// Adds the adversarial gradient to the decoder's: g + w a, or, where the weight is relative, g + w |g| / |a| a (Esser et al. 2021, eq. 7, over
    /// all weights of the decoder).
    /// </summary>
    /// <returns>What the adversarial gradient was multiplied by.</returns>
    public static float Join(Span<float> decoder, ReadOnlySpan<float> adversarial, in AdversaryStep step)
    {
        float factor = step.Weight * (step.IsRelative ? Adam.Norm(decoder) / MathF.Max(Adam.Norm(adversarial), Smallest) : 1f);
        if (factor == 0f) return 0f;
        for (int i = 0; i < decoder.Length; i++) decoder[i] += factor * adversarial[i];
        return factor;
    }
}
