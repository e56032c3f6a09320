using System;
using System.Linq;
using NUnit.Framework;
using TorchSharp;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Model.Losses;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Model.Losses;

/// <summary>-log p(x|z) by plain loops in double precision.</summary>
public sealed class LikelihoodTests
{
    private const int B = 3, K = 2, D = 20;

    private static readonly ModelSpec Spec = TinyModels.Specs["conv + palette, odd sides"];

    private static readonly double[,] Colours = { { 1, 0, 0 }, { 0, 0.8, 0.2 }, { 0.1, 0.1, 0.8 }, { 0.9, 0.9, 0.9 } };

    private static Tensor Logits => TinyModels.Normal(1, B, K, D).mul(2f);

    private static Tensor X => TinyModels.Normal(2, B, 1, D).sigmoid();

    private static Tensor ColourTensor => tensor(Colours.Cast<double>().Select(x => (float)x).ToArray()).reshape(4, 3);

    [Test]
    public void BernoulliIsBinaryCrossEntropySummedOverPixels() => Check(Likelihoods.Bernoulli(Logits, X), (logit, x) =>
    {
        double p = 1 / (1 + Math.Exp(-logit));
        return -(x * Math.Log(p)) - ((1 - x) * Math.Log(1 - p));
    });

    [Test]
    public void SquaredErrorIsAGaussianOfFixedSigma() =>
        Check(Likelihoods.SquaredError(Logits.sigmoid(), X, 0.3f),
            (logit, x) => Math.Pow((1 / (1 + Math.Exp(-logit))) - x, 2) / (2 * 0.3 * 0.3));

    [Test]
    public void OptimalSigmaIsAGaussianOfTheBatchsOwnVariance()
    {
        double[] logits = Logits.Doubles(), x = X.Doubles();
        double variance = logits.Select((logit, i) => Math.Pow((1 / (1 + Math.Exp(-logit))) - x[(i / (K * D) * D) + (i % D)], 2))
            .Average() + 1e-5;
        Check(Likelihoods.OptimalSigma(Logits.sigmoid(), X, null),
            (logit, pixel) => (Math.Pow((1 / (1 + Math.Exp(-logit))) - pixel, 2) / (2 * variance))
                + (0.5 * Math.Log(2 * Math.PI * variance)));
    }

    // p(visible) for every pixel, p(colour | visible) for the visible ones alone; each pixel by its place in its block of 2x2.
    [Test]
    public void PaletteIsVisibilityAndTheColourOfVisiblePixels([Values] bool mix)
    {
        using DisposeScope scope = NewDisposeScope();
        using VaeModel model = TinyModels.Make(Spec, gain: 2f);
        using var batch = TinyModels.Batch(Spec, B);
        PaletteLogits said = model.Decoder.call(batch.Noise, null, null).Palette!;
        double[] found = Likelihoods.Palette(said, batch.Indices!, mix ? ColourTensor : null, sigma: 0.25f).Doubles();
        PixelLogits pixels = said.Given(batch.Indices!);
        double[] logits = pixels.Colours().Doubles(), visibility = pixels.Visibility.Doubles();
        byte[] indices = batch.Indices!.data<byte>().ToArray();
        for (int b = 0; b < B; b++)
        {
            double expected = 0;
            int rows = (Spec.Height + 1) / 2, columns = (Spec.Width + 1) / 2;
            for (int y = 0; y < 2 * rows; y++)
            {
                for (int x = 0; x < 2 * columns; x++)
                {
                    int row = (4 * ((((b * rows) + (y / 2)) * columns) + (x / 2))) + (2 * (y % 2)) + (x % 2);
                    int index = y < Spec.Height && x < Spec.Width ? indices[(((b * Spec.Height) + y) * Spec.Width) + x] : 0;
                    expected += PalettePixel(visibility[row], logits.AsSpan(row * 4, 4), index, mix);
                }
            }
            Assert.That(found[b], Is.EqualTo(expected).Within(1e-5 * expected), $"sprite {b}");
        }
    }

    // With all weights 0 the decoder knows nothing, and each loss has a closed form: summed over pixels, never averaged, or
    // latents collapse.
    [Test]
    public void IgnoranceCostsTheSameForEachPixel([ValueSource(typeof(TinyModels), nameof(TinyModels.Names))] string name,
        [Values(12, 24)] int height)
    {
        using DisposeScope scope = NewDisposeScope();
        ModelSpec spec = TinyModels.Specs[name] with { Width = 16, Height = height };
        using var model = new VaeModel(spec);
        model.SetFlat(new float[model.ParameterCount()]);
        using var batch = TinyModels.Batch(spec, 2);
        var elbo = new Elbo(spec, new VaeContent.Trainer.Training.TrainingSettings(), ColourTensor, null);
        ElboTerms terms = elbo.Evaluate(model, batch, beta: 1f, capacity: 0f);
        Assert.That(terms.Kl.abs().sum().item<float>(), Is.Zero.Within(1e-6), "nothing is told");

        double[] gaps = Encoder.Intensities(spec, batch.Sprites).Doubles().Select(x => (0.5 - x) * (0.5 - x)).ToArray();
        double variance = gaps.Average() + 1e-5, visible = batch.Indices?.ne(0).sum().item<long>() ?? 0;
        double far = spec.Likelihood != Likelihood.Mix ? 0
            : batch.Indices!.data<byte>().ToArray().Sum(FromMean) / (2 * spec.MseSigma * spec.MseSigma);
        double expected = spec.Likelihood switch
        {
            Likelihood.Palette or Likelihood.Mix => (2 * 16 * height * Math.Log(2)) + (visible * Math.Log(spec.Colours - 1))
                + far,
            Likelihood.Bernoulli => gaps.Length * Math.Log(2),
            Likelihood.Sigma => gaps.Length / 2.0 * Math.Log(2 * Math.PI * variance) + (gaps.Sum() / (2 * variance)),
            _ => gaps.Sum() / (2 * spec.MseSigma * spec.MseSigma),
        };
        Assert.That(terms.ReconstructionSum.item<float>(), Is.EqualTo(expected).Within(1e-5 * Math.Abs(expected)));
    }

    [Test]
    public void LossesOfSpritesAddUpToThatOfTheBatch([ValueSource(typeof(TinyModels), nameof(TinyModels.Names))] string name)
    {
        using DisposeScope scope = NewDisposeScope();
        ModelSpec spec = TinyModels.Specs[name];
        using VaeModel model = TinyModels.Make(spec);
        using var batch = TinyModels.Batch(spec, B);
        ElboTerms terms = new Elbo(spec, new() { FreeBits = 0f }, ColourTensor, null)
            .Evaluate(model, batch, beta: 0.7f, capacity: 0f);
        Assert.That(terms.Reconstruction.shape, Is.EqualTo(new long[] { B, 1 }));
        Assert.That(terms.Total.item<float>(), Is.EqualTo(terms.Reconstruction.Doubles().Sum() + (0.7 * terms.Kl.Doubles().Sum()))
            .Within(0.001).Percent);
    }

    private static double PalettePixel(double visibility, ReadOnlySpan<double> logits, int index, bool mix)
    {
        double p = 1 / (1 + Math.Exp(-visibility));
        if (index == 0) return -Math.Log(1 - p);
        double[] powers = [.. logits.ToArray().Select(Math.Exp)];
        double loss = -Math.Log(p) - Math.Log(powers[index - 1] / powers.Sum());
        for (int c = 0; c < 3 && mix; c++)
        {
            double gap = Enumerable.Range(0, 4).Sum(k => powers[k] / powers.Sum() * Colours[k, c]) - Colours[index - 1, c];
            loss += gap * gap / (2 * 0.25 * 0.25);
        }
        return loss;
    }

    // Of a colour to the mean of all, squared.
    private static double FromMean(byte index) => index == 0 ? 0
        : Enumerable.Range(0, 3).Sum(c =>
            Math.Pow(Enumerable.Range(0, 4).Average(k => Colours[k, c]) - Colours[index - 1, c], 2));

    private static void Check(Tensor found, Func<double, double, double> pixel)
    {
        double[] logits = Logits.Doubles(), x = X.Doubles(), sums = found.Doubles();
        Assert.That(found.shape, Is.EqualTo(new long[] { B, K }));
        for (int row = 0; row < B * K; row++)
            Assert.That(sums[row], Is.EqualTo(Enumerable.Range(0, D).Sum(d => pixel(logits[(row * D) + d], x[(row / K * D) + d])))
                .Within(0.001).Percent, $"row {row}");
    }
}
