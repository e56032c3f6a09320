using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

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
    /// <param name="engine">What it runs on.</param>
    /// <param name="spec">The model.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="palette">The palette of the sprites.</param>
    /// <param name="sprites">Who is judged.</param>
    /// <param name="draws">The numbers of draws; each bound uses all draws of the largest, in groups.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="binarise">Whether grey pixels become black or white by chance, as in training.</param>
    public static ImportanceBound Of(IEngine engine, ModelSpec spec, float[] weights, ColourPalette palette, IReadOnlyList<Sprite> sprites,
        IReadOnlyList<int> draws, long seed = 0, bool binarise = false)
    {
        var vae = new VaeGraph(spec, Batch, new Objective { PerSprite = true });
        var inputs = new List<Value> { vae.Sprites, vae.Noise };
        if (vae.Label is { } label) inputs.Add(label);
        if (vae.Visible is { } visible) inputs.AddRange([visible.Rows, visible.Colours, visible.Weights]);
        using IInference model = engine.Infer(vae.Graph, weights, inputs, [vae.Each!, vae.Mu, vae.LogVar]);

        int most = draws.Max();
        var logWeights = new double[(most + Batch - 1) / Batch * Batch];
        var bounds = new double[draws.Count];
        double reconstruction = 0, kl = 0;
        for (int s = 0; s < sprites.Count; s++)
        {
            Feed(model, vae, sprites[s], palette, seed, s, binarise);
            var normals = new Sampler(seed, stream: s);
            for (int start = 0; start < logWeights.Length; start += Batch)
            {
                Span<float> noise = model.Input<float>(vae.Noise);
                for (int i = 0; i < noise.Length; i++) noise[i] = normals.Normal((start * spec.Latent) + i);
                model.Run();
                for (int k = 0; k < Batch; k++)
                {
                    double loss = model.Output<float>(vae.Each!)[k];
                    reconstruction += loss / ((double)logWeights.Length * sprites.Count);
                    logWeights[start + k] = LogRatio(model, vae, noise, k) - loss;
                }
            }
            kl += Divergence(model.Output<float>(vae.Mu)[..spec.Latent], model.Output<float>(vae.LogVar)[..spec.Latent]) / sprites.Count;
            for (int i = 0; i < bounds.Length; i++) bounds[i] += Bound(logWeights, draws[i]) / sprites.Count;
        }
        return new ImportanceBound(sprites.Count, reconstruction, kl, draws.Zip(bounds).ToDictionary(pair => pair.First, pair => pair.Second));
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
    private static void Feed(IInference model, VaeGraph vae, Sprite sprite, ColourPalette palette, long seed, long stream, bool binarise)
    {
        Span<byte> pixels = model.Input<byte>(vae.Sprites);
        int part = pixels.Length / Batch;
        MemoryMarshal.AsBytes<Rgba32>(sprite.Pixels).CopyTo(pixels);
        if (binarise) PixelNoise.Binarise(pixels[..part], seed, stream);
        for (int i = 1; i < Batch; i++) pixels[..part].CopyTo(pixels[(i * part)..]);
        if (vae.Label is { } label)
        {
            Span<float> told = model.Input<float>(label);
            told.Clear();
            for (int i = 0; i < Batch && sprite.Label >= 0; i++) told[(i * told.Length / Batch) + sprite.Label] = 1f;
        }
        if (vae.Visible is not { } visible) return;
        byte[] indices = [.. Enumerable.Repeat(palette.Quantise(sprite), Batch).SelectMany(one => one)];
        visible.Select(indices, model.Input<long>(visible.Rows), model.Input<long>(visible.Colours), model.Input<float>(visible.Weights));
    }

    // log p(z) - log q(z|x) of draw k: the sum over dimensions of (noise^2 + logVar - z^2) / 2.
    private static double LogRatio(IInference model, VaeGraph vae, ReadOnlySpan<float> noise, int k)
    {
        ReadOnlySpan<float> mu = model.Output<float>(vae.Mu), logVar = model.Output<float>(vae.LogVar);
        int size = mu.Length / Batch;
        double sum = 0;
        for (int d = k * size; d < (k + 1) * size; d++)
        {
            double z = mu[d] + (Math.Exp(0.5 * logVar[d]) * noise[d]);
            sum += 0.5 * (((double)noise[d] * noise[d]) + logVar[d] - (z * z));
        }
        return sum;
    }

    private static double Divergence(ReadOnlySpan<float> mu, ReadOnlySpan<float> logVar)
    {
        double sum = 0;
        for (int d = 0; d < mu.Length; d++) sum += 0.5 * (((double)mu[d] * mu[d]) + Math.Exp(logVar[d]) - logVar[d] - 1);
        return sum;
    }
}
