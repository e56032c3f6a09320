using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Export;

/// <summary>What a decoder says of sprites of its set, decoded from their posterior means.</summary>
internal static class DecodedSprites
{
    private const int Batch = 32;

    /// <summary>
    /// Batches of <paramref name="count"/> sprites, evenly over the set; those of a small set come several times.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="posteriors">Of the sprites of the set.</param>
    /// <param name="labels">The label of each of them, -1 for none.</param>
    /// <param name="count">A multiple of 32.</param>
    /// <param name="use">Gets the places of B sprites in the set, and what is said of them; no gradients, tensors are freed
    /// afterwards.</param>
    public static void Each(VaeModel model, Posteriors posteriors, IReadOnlyList<int> labels, int count,
        Action<int[], Decoded> use)
    {
        using IDisposable _ = no_grad();
        int z = posteriors.LatentSize;
        for (int start = 0; start < count; start += Batch)
        {
            int[] chosen = [.. Enumerable.Range(start, Batch).Select(i => (int)((long)i * labels.Count / count))];
            using DisposeScope scope = NewDisposeScope();
            Tensor latents = tensor((float[])[.. chosen.SelectMany(sprite => posteriors.Mu.AsSpan(sprite * z, z).ToArray())])
                .reshape(Batch, z);
            use(chosen, model.Decoder.call(latents,
                model.Spec.ConditionLabels > 0 ? OneHot(chosen, labels, model.Spec.ConditionLabels) : null, null));
        }
    }

    private static Tensor OneHot(int[] sprites, IReadOnlyList<int> labels, int count)
    {
        var told = new float[sprites.Length, count];
        for (int i = 0; i < sprites.Length; i++)
        {
            if (labels[sprites[i]] >= 0) told[i, labels[sprites[i]]] = 1f;
        }
        return tensor(told);
    }
}
