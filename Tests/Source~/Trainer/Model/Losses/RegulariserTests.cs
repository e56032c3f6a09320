using System;
using System.Linq;
using NUnit.Framework;
using TorchSharp;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Model.Losses;
using VaeContent.Trainer.Training;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Model.Losses;

/// <summary>What keeps posteriors near the prior, by plain loops in double precision.</summary>
public sealed class RegulariserTests
{
    private const int B = 5, Z = 3, K = 4;

    private static readonly double[] M = Mu.Doubles(), S = LogVar.Doubles(), X = Latents.Doubles(), Y = Draws.Doubles();

    private static Tensor Mu => TinyModels.Normal(1, B, Z);

    private static Tensor LogVar => TinyModels.Normal(2, B, Z).mul(0.5f);

    private static Tensor Noise => TinyModels.Normal(3, B, Z);

    private static Tensor Draws => TinyModels.Normal(4, B, Z);

    private static Tensor Latents => Mu.add(LogVar.mul(0.5f).exp().mul(Noise));

    private static Tensor Kl => Regularisers.KlDivergence(Mu, LogVar);

    // KL(N(mu, s^2) || N(0, 1)) = (mu^2 + s^2 - 1 - log s^2) / 2.
    [Test]
    public void KlIsThatOfTwoNormals() =>
        Assert.That(Kl.Doubles(), Is.EqualTo(M.Select((mu, i) => 0.5 * ((mu * mu) + Math.Exp(S[i]) - 1 - S[i]))).Within(1e-5));

    [Test]
    public void FreeBitsStopThePullBelowThem()
    {
        double[] kl = Kl.Doubles(), means = [.. Enumerable.Range(0, Z)
            .Select(d => Enumerable.Range(0, B).Average(b => kl[(b * Z) + d]))];
        float between = (float)means.Order().Take(2).Average();
        Assert.That(Regularisers.FreeBits(Kl, between, null).item<float>(),
            Is.EqualTo(B * means.Sum(mean => Math.Max(mean, between))).Within(1e-4));

        using Tensor pulled = Kl.detach().requires_grad_(true);
        Regularisers.FreeBits(pulled, between, null).backward();
        Assert.That(pulled.grad!.ToArray(), Is.EqualTo(Enumerable.Range(0, B * Z).Select(i => means[i % Z] > between ? 1f : 0f)));
    }

    [Test]
    public void CapacityIsWhatTheKlIsPulledTowards([Values(0.1f, 50f)] float nats)
    {
        double sum = Kl.Doubles().Sum();
        Assert.That(Regularisers.Capacity(Kl, nats, null).item<float>(), Is.EqualTo(Math.Abs(sum - (B * nats))).Within(1e-4));
    }

    // KL(q(z) || prod q(z_d)) over the batch's posteriors.
    [Test]
    public void TotalCorrelationIsThatOfTheBatch()
    {
        double Log(int i, int j, int d) => -0.5 * (S[(j * Z) + d]
            + (Math.Pow(X[(i * Z) + d] - M[(j * Z) + d], 2) / Math.Exp(S[(j * Z) + d])));
        double Mean(Func<int, double> log) => Math.Log(Enumerable.Range(0, B).Average(j => Math.Exp(log(j))));
        double expected = Enumerable.Range(0, B).Sum(i =>
            Mean(j => Enumerable.Range(0, Z).Sum(d => Log(i, j, d))) - Enumerable.Range(0, Z).Sum(d => Mean(j => Log(i, j, d))));
        Assert.That(Regularisers.TotalCorrelation(Latents, Mu, LogVar).item<float>(), Is.EqualTo(expected).Within(1e-4));
    }

    [Test]
    public void DiscrepancyIsThatOfAllPairs()
    {
        double Kernel(double[] x, int i, double[] y, int j)
        {
            double distance = Enumerable.Range(0, Z).Sum(d => Math.Pow(x[(i * Z) + d] - y[(j * Z) + d], 2));
            return new[] { 0.1, 0.2, 0.5, 1, 2, 5, 10 }.Sum(s => 2 * Z * s / ((2 * Z * s) + distance));
        }
        double sum = 0;
        for (int i = 0; i < B; i++)
        {
            for (int j = 0; j < B; j++)
            {
                if (i != j) sum += (Kernel(X, i, X, j) + Kernel(Y, i, Y, j)) / (B * (B - 1));
                sum -= 2 * Kernel(X, i, Y, j) / (B * B);
            }
        }
        Assert.That(Regularisers.MaximumMeanDiscrepancy(Latents, Draws).item<float>(), Is.EqualTo(sum).Within(1e-5));
        Assert.That(Regularisers.MaximumMeanDiscrepancy(Draws.add(5f), Draws).item<float>(), Is.GreaterThan(1f),
            "far from the prior");
    }

    [Test]
    public void TheLogRatioIsThatOfTwoNormals()
    {
        double LogNormal(double x, double mean, double logVar) =>
            -0.5 * (Math.Log(2 * Math.PI) + logVar + ((x - mean) * (x - mean) / Math.Exp(logVar)));
        double[] expected = [.. Enumerable.Range(0, B)
            .Select(b => Enumerable.Range(b * Z, Z).Sum(i => LogNormal(X[i], 0, 0) - LogNormal(X[i], M[i], S[i])))];
        Assert.That(Regularisers.LogRatio(Latents, Noise, LogVar).Doubles(), Is.EqualTo(expected).Within(1e-5));
    }

    // Burda et al. 2016, eq. 8.
    [Test]
    public void TheImportanceWeightedBoundIsALogOfAMean()
    {
        Tensor losses = TinyModels.Normal(5, B, K).mul(3f).add(100f), ratios = TinyModels.Normal(6, B, K);
        double[] loss = losses.Doubles(), ratio = ratios.Doubles();
        double expected = -Enumerable.Range(0, B).Sum(b =>
            Math.Log(Enumerable.Range(b * K, K).Average(i => Math.Exp((0.7f * ratio[i]) - loss[i] + 100))) - 100);
        Assert.That(Regularisers.ImportanceWeightedBound(losses, ratios, 0.7f).item<float>(),
            Is.EqualTo(expected).Within(0.001).Percent);
    }

    [TestCase(Regulariser.Kl, 0f, 1)]
    [TestCase(Regulariser.Kl, 3.5f, 1)]
    [TestCase(Regulariser.Kl, 0f, 4)]
    [TestCase(Regulariser.Tc, 0f, 1)]
    [TestCase(Regulariser.Mmd, 0f, 1)]
    [TestCase(Regulariser.None, 0f, 1)]
    public void TheTotalIsReconstructionAndItsRegulariser(Regulariser regulariser, float capacity, int draws)
    {
        using DisposeScope scope = NewDisposeScope();
        ModelSpec spec = TinyModels.Specs["mlp + mse"] with { Regulariser = regulariser };
        using VaeModel model = TinyModels.Make(spec);
        using var batch = TinyModels.Batch(spec, B, draws);
        var settings = new TrainingSettings
        {
            FreeBits = 0f,
            Capacity = capacity,
            Samples = draws,
            TotalCorrelation = 5f,
            Discrepancy = 100f
        };
        ElboTerms terms = new Elbo(spec, settings, null, null).Evaluate(model, batch, beta: 0.7f, capacity);
        var (mu, logVar) = model.Encode(batch.Sprites, null);
        Tensor z = model.Reparameterise(mu, logVar, batch.Noise);
        double reconstruction = terms.Reconstruction.Doubles().Sum(), kl = terms.Kl.Doubles().Sum();
        double expected = (regulariser, draws) switch
        {
            (Regulariser.None, _) => reconstruction,
            (Regulariser.Tc, _) => reconstruction
                + (0.7 * (kl + (5 * Regularisers.TotalCorrelation(z, mu, logVar).item<float>()))),
            (Regulariser.Mmd, _) => reconstruction
                + (0.7 * 100 * B * Regularisers.MaximumMeanDiscrepancy(z, batch.Draws!).item<float>()),
            (_, > 1) => Regularisers.ImportanceWeightedBound(terms.Reconstruction,
                Regularisers.LogRatio(z, batch.Noise, logVar), 0.7f).item<float>(),
            _ => reconstruction + (0.7 * Math.Abs(kl - (B * capacity))),
        };
        Assert.That(terms.Total.item<float>(), Is.EqualTo(expected).Within(0.001).Percent);
        Assert.That(terms.ReconstructionSum.item<float>(), Is.EqualTo(reconstruction / draws).Within(0.001).Percent,
            "a mean over draws");
        if (regulariser == Regulariser.None) Assert.That((z.Doubles(), logVar.Doubles().Distinct()),
            Is.EqualTo((mu.Doubles(), new[] { -10.0 })), "no noise");
    }

    // What the decoder is judged by is the clean sprite: the corrupted one changes what is encoded only.
    [Test]
    public void ADenoiserIsJudgedByTheCleanSprite()
    {
        using DisposeScope scope = NewDisposeScope();
        ModelSpec spec = TinyModels.Specs["mlp + mse"];
        using VaeModel model = TinyModels.Make(spec);
        using TrainingBatch batch = TinyModels.Batch(spec, B, isCorrupted: true), plain = TinyModels.Batch(spec, B);
        var elbo = new Elbo(spec, new TrainingSettings(), null, null);
        ElboTerms noisy = elbo.Evaluate(model, batch, 1f, 0f), clean = elbo.Evaluate(model, plain, 1f, 0f);
        Assert.That(noisy.Kl.ToArray(), Is.EqualTo(clean.Kl.ToArray()), "the same sprites are seen");
        Assert.That(noisy.Target.ToArray(), Is.EqualTo(Encoder.Intensities(spec, batch.Clean!).ToArray()));
        Assert.That(noisy.Reconstruction.ToArray(), Is.Not.EqualTo(clean.Reconstruction.ToArray()));
    }
}
