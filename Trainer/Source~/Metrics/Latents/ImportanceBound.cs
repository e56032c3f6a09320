using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using TorchSharp;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Model.Losses;
using VaeContent.Trainer.Training;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// Lower bounds of log p(x), means over sprites in nats. With K draws z_k of q(z|x) the importance-weighted bound is the mean of
/// log (1/K sum_k p(x|z_k) p(z_k) / q(z_k|x)) (Burda et al. 2016, eq. 8); it rises with K towards log p(x).
/// </summary>
/// <param name="Sprites">How many were judged.</param>
/// <param name="Reconstruction">-log p(x|z), mean over all draws.</param>
/// <param name="Kl">KL(q(z|x) || N(0, I)), in closed form.</param>
/// <param name="Bounds">The bound for each number of draws; that of one draw is the evidence lower bound, estimated.</param>
public sealed record ImportanceBound(int Sprites, double Reconstruction, double Kl, IReadOnlyDictionary<int, double> Bounds)
{
    private const int Batch = 50;

    /// <summary>The evidence lower bound with the KL in closed form.</summary>
    public double Elbo => -Reconstruction - Kl;

    /// <summary>Judges sprites under a model's weights.</summary>
    /// <param name="model">The model.</param>
    /// <param name="palette">The palette of the sprites.</param>
    /// <param name="sprites">Who is judged.</param>
    /// <param name="draws">The numbers of draws; each bound uses all draws of the largest, in groups.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="binarise">Whether grey pixels become black or white by chance, as in training.</param>
    internal static ImportanceBound Evaluate(VaeModel model, ColourPalette palette, IReadOnlyList<Sprite> sprites,
        IReadOnlyList<int> draws, long seed = 0, bool binarise = false)
    {
        var elbo = new Elbo(model.Spec, new TrainingSettings { FreeBits = 0f }, null, null);
        using var batch = new TrainingBatch(model.Spec, Batch);
        int most = draws.Max();
        var logWeights = new double[(most + Batch - 1) / Batch * Batch];
        var bounds = new double[draws.Count];
        double reconstruction = 0, kl = 0;
        for (int s = 0; s < sprites.Count; s++)
        {
            Fill(batch, model.Spec, sprites[s], palette, seed, s, binarise);
            var normals = new Sampler(seed, stream: s);
            for (int start = 0; start < logWeights.Length; start += Batch)
            {
                using DisposeScope scope = NewDisposeScope();
                using IDisposable _ = no_grad();
                Span<float> noise = TrainingBatch.Memory<float>(batch.Noise);
                for (int i = 0; i < noise.Length; i++) noise[i] = normals.Normal((start * model.Spec.Latent) + i);
                var (mu, logVar) = model.Encode(batch.Sprites, batch.Label);
                Tensor z = model.Reparameterise(mu, logVar, batch.Noise);
                Tensor losses = elbo.Reconstruction(model.Decoder.call(z, batch.Label, null),
                    Encoder.Intensities(model.Spec, batch.Sprites), batch.Indices);
                Tensor ratios = Regularisers.LogRatio(z, batch.Noise, logVar); // (B, 1), as the losses
                reconstruction += losses.sum().item<float>() / ((double)logWeights.Length * sprites.Count);
                Array.ConvertAll(ratios.sub(losses).ToArray(), value => (double)value).CopyTo(logWeights, start);
                if (start == 0) kl += Regularisers.KlDivergence(mu, logVar).narrow(0, 0, 1).sum()
                    .item<float>() / (double)sprites.Count;
            }
            for (int i = 0; i < bounds.Length; i++) bounds[i] += Bound(logWeights, draws[i]) / sprites.Count;
        }
        return new ImportanceBound(sprites.Count, reconstruction, kl,
            draws.Zip(bounds).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    /// <summary>The mean bound of K draws each, over as many groups of K as there are draws for.</summary>
    internal static double Bound(ReadOnlySpan<double> logWeights, int k)
    {
        int groups = logWeights.Length / k;
        double sum = 0;
        for (int group = 0; group < groups; group++)
        {
            double[] part = logWeights.Slice(group * k, k).ToArray();
            double most = part.Max();
            sum += most + Math.Log(part.Sum(log => Math.Exp(log - most)) / k);
        }
        return sum / groups;
    }

    // The batch is one sprite, again and again.
    private static void Fill(TrainingBatch batch, ModelSpec spec, Sprite sprite, ColourPalette palette, long seed, long stream,
        bool binarise)
    {
        Span<byte> pixels = TrainingBatch.Memory<byte>(batch.Sprites), indices = TrainingBatch.Memory<byte>(batch.Indices);
        Span<float> labels = TrainingBatch.Memory<float>(batch.Label);
        int part = pixels.Length / Batch;
        MemoryMarshal.AsBytes<Rgba32>(sprite.Pixels).CopyTo(pixels);
        if (binarise) PixelNoise.Binarise(pixels[..part], seed, stream);
        if (indices.Length > 0) palette.Quantise(sprite).CopyTo(indices);
        labels.Clear();
        if (labels.Length > 0 && sprite.Label >= 0) labels[sprite.Label] = 1f;
        for (int i = 1; i < Batch; i++)
        {
            pixels[..part].CopyTo(pixels[(i * part)..]);
            if (indices.Length > 0) indices[..(part / 4)].CopyTo(indices[(i * part / 4)..]);
            if (labels.Length > 0) labels[..spec.ConditionLabels].CopyTo(labels[(i * spec.ConditionLabels)..]);
        }
    }
}
