using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Tests.Trainer.Graphs;

/// <summary>
/// Losses are nats: a reconstruction loss that is averaged over pixels instead of summed weighs a thousandth, and the KL term then
/// erases the latent (posterior collapse).
/// </summary>
public sealed class LossScaleTests
{
    private static IEnumerable<string> Models => VaeTrial.Specs.Keys;

    // With all weights 0 the decoder knows nothing, and each loss has a closed form.
    [Test]
    public void ACollapseIsNoticed([ValueSource(nameof(Models))] string model, [Values(2, 4)] int batch, [Values(16, 32)] int height)
    {
        ModelSpec spec = VaeTrial.Specs[model] with { Width = 16, Height = height };
        var vae = new VaeGraph(spec, batch);
        Dictionary<Value, double[]> feeds = VaeTrial.Feeds(vae);
        double[] nothing = new double[vae.Graph.Parameters.Sum(parameter => parameter.Value.Count)];
        Tensor[] found = Interpreter.Run(vae.Graph, nothing, feeds, vae.Reconstruction, vae.Kl);
        Assert.That(found[0].Data[0], Is.EqualTo(Ignorance(spec, feeds[vae.Sprites], vae.Visible is null ? 0 : feeds[vae.Visible.Weights].Sum())).Within(1e-4).Percent, "summed over pixels and sprites");
        Assert.That(found[1].Data[0], Is.Zero.Within(1e-9), "nothing is told");
    }

    [Test]
    public void ASpriteCostsTheSameInEveryBatch([ValueSource(nameof(Models))] string model)
    {
        (double Reconstruction, double Kl, double Gradient) PerSprite(int repeats)
        {
            var vae = new VaeGraph(VaeTrial.Specs[model], 2 * repeats, freeBits: 0.05f);
            float[] weights = VaeTrial.Weights(vae.Graph);
            var training = new TrainingGraph(vae, gradientClip: 500f);
            Trial trial = VaeTrial.Of(vae, weights);
            var feeds = trial.Feeds.ToDictionary(pair => pair.Key, pair => Repeat(pair.Value, pair.Key, repeats, pair.Key == vae.Visible?.Rows));
            Tensor[] found = Interpreter.Run(vae.Graph, trial.Weights, feeds, vae.Reconstruction, vae.Kl, training.Gradient);
            double norm = Math.Sqrt(found[2].Data.Sum(x => x * x));
            return (found[0].Data[0] / training.Batch, found[1].Data[0] / training.Batch, norm / training.Batch);
        }

        var (one, two) = (PerSprite(1), PerSprite(2));
        Assert.That(two.Reconstruction, Is.EqualTo(one.Reconstruction).Within(1e-4).Percent);
        Assert.That(two.Kl, Is.EqualTo(one.Kl).Within(1e-4).Percent);
        Assert.That(two.Gradient, Is.EqualTo(one.Gradient).Within(1e-4).Percent);
    }

    // KL(N(mu, s^2) || N(0, 1)) = (mu^2 + s^2 - 1 - log s^2) / 2, per dimension and sprite.
    [Test]
    public void KlIsThatOfTwoNormals()
    {
        ModelSpec spec = VaeTrial.Specs["mlp + mse"];
        var vae = new VaeGraph(spec, batch: 3);
        var weights = new double[vae.Graph.Parameters.Sum(parameter => parameter.Value.Count)];
        Parameter bias = vae.Graph.Parameters.Last(parameter => parameter.Value.Name.StartsWith("encoder", StringComparison.Ordinal));
        for (int i = 0; i < spec.Latent; i++) (weights[bias.Offset + i], weights[bias.Offset + spec.Latent + i]) = (0.3, 10 * Math.Atanh(-0.12)); // logVar = 10 tanh(its unit / 10)
        double expected = 3 * spec.Latent * 0.5 * (0.09 + Math.Exp(-1.2) - 1 + 1.2);
        Assert.That(Interpreter.Run(vae.Graph, weights, VaeTrial.Feeds(vae), vae.Kl)[0].Data[0], Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void FreeBitsStopThePullBelowThem()
    {
        ModelSpec spec = VaeTrial.Specs["mlp + mse"];
        var vae = new VaeGraph(spec, batch: 2, freeBits: 0.5f);
        var weights = new double[vae.Graph.Parameters.Sum(parameter => parameter.Value.Count)];
        Tensor[] found = Interpreter.Run(vae.Graph, weights, VaeTrial.Feeds(vae, beta: 0.7f), vae.Loss, vae.Reconstruction, vae.Kl);
        Assert.That(found[2].Data[0], Is.Zero, "what is reported is the KL itself");
        Assert.That(found[0].Data[0] - found[1].Data[0], Is.EqualTo(0.7f * 0.5 * spec.Latent * 2).Within(1e-6));
    }

    private static double Ignorance(ModelSpec spec, double[] sprites, double visible)
    {
        int pixels = sprites.Length / 4;
        // Premultiplied intensities against the 0.5 that sigmoid(0) is.
        double squares = sprites.Select((x, i) => (0.5 - (x / 255 * (i % 4 < 3 ? sprites[i | 3] / 255 : 1))) is var gap ? gap * gap : 0).Sum();
        double variance = (squares / sprites.Length) + 1e-5;
        return spec.Likelihood switch
        {
            Likelihood.Palette => (pixels * Math.Log(2)) + (visible * Math.Log(spec.Colours - 1)),
            Likelihood.Bernoulli => sprites.Length * Math.Log(2),
            Likelihood.Sigma => sprites.Length / 2.0 * (Math.Log(2 * Math.PI * variance) + 1),
            Likelihood.Mse => squares / (2 * spec.MseSigma * spec.MseSigma),
            _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Likelihood, "no closed form for this likelihood"),
        };
    }

    // Row numbers of the second half lie behind those of the first.
    private static double[] Repeat(double[] data, Value value, int times, bool rows)
    {
        if (value.Shape.Length == 0) return data;
        double[] part = data[..(data.Length / times)];
        return [.. Enumerable.Range(0, times).SelectMany(time => rows ? part.Select(row => row + (time * part.Length)) : part)];
    }
}
