using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Model.Losses;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Model.Losses;

/// <summary>The discriminator's two losses by their formulas.</summary>
public sealed class AdversarialTests
{
    private const int B = 3;
    private static readonly ModelSpec Spec = TinyModels.Specs["mlp + mse"];

    // With no weights but its last bias, every score is that bias: hinge and sum over the batch can be read off.
    [TestCase(0f, 2.0)]
    [TestCase(0.5f, 2.0)]
    [TestCase(3f, 4.0)]
    [TestCase(-3f, 4.0)]
    public void TheLossesAreHingeAndScore(float score, double hinge)
    {
        using var discriminator = new PatchDiscriminator(4, [4, 5], seed: 1);
        var weights = new float[discriminator.Flat().Length];
        weights[^1] = score;
        discriminator.SetFlat(weights);
        using var batch = TinyModels.Batch(Spec, B);
        Tensor real = Encoder.Intensities(Spec, batch.Sprites);
        var (ofDiscriminator, ofDecoder) = Adversarial.Losses(discriminator, real, real.mul(0.5f), batch);
        Assert.That(ofDiscriminator.item<float>(), Is.EqualTo(hinge * B).Within(1e-4));
        Assert.That(ofDecoder.item<float>(), Is.EqualTo(-score * B).Within(1e-4));
    }

    [Test]
    public void TheLossesAreMeansOverPatchesOfWhatItSays()
    {
        using PatchDiscriminator discriminator = TinyModels.Shaken(new PatchDiscriminator(4, [4, 5], seed: 1));
        using var batch = TinyModels.Batch(Spec, B);
        Tensor real = Encoder.Intensities(Spec, batch.Sprites),
            decoded = TinyModels.Normal(7, B, 4, Spec.Height, Spec.Width).sigmoid();
        double[] Scores(Tensor x)
        {
            float[] pixels = x.mul(2f).sub(1f).ToArray(), kept = batch.Kept.ToArray(), seen = new float[pixels.Length];
            long[] moved = batch.Moved.data<long>().ToArray();
            int area = Spec.Width * Spec.Height;
            for (int i = 0; i < seen.Length; i++)
            {
                int b = i / (4 * area), p = i % area;
                seen[i] = pixels[i - p + moved[(b * area) + p]] * kept[(b * area) + p];
            }
            return discriminator.call(tensor(seen).reshape(x.shape)).Doubles();
        }
        double[] onReal = Scores(real), onDecoded = Scores(decoded);
        var (ofDiscriminator, ofDecoder) = Adversarial.Losses(discriminator, real, decoded, batch);
        double hinge = onReal.Average(score => Math.Max(0, 1 - score)) + onDecoded.Average(score => Math.Max(0, 1 + score));
        Assert.That(ofDiscriminator.item<float>(), Is.EqualTo(B * hinge).Within(0.001).Percent);
        Assert.That(ofDecoder.item<float>(), Is.EqualTo(-B * onDecoded.Average()).Within(1e-4));
    }

    // What is covered in both cannot tell one from the other.
    [Test]
    public void WhatIsCoveredIsNotSeen()
    {
        using PatchDiscriminator discriminator = TinyModels.Shaken(new PatchDiscriminator(4, [4], seed: 1));
        using var batch = TinyModels.Batch(Spec, B);
        Tensor real = Encoder.Intensities(Spec, batch.Sprites);
        float Loss(Tensor decoded) => Adversarial.Losses(discriminator, real, decoded, batch).Discriminator.item<float>();
        Assert.That(Loss(real.mul(0.3f)), Is.Not.EqualTo(Loss(real)));
        batch.Kept.zero_();
        Assert.That(Loss(real.mul(0.3f)), Is.EqualTo(Loss(real)));
    }

    [Test]
    public void APalettesPictureIsTheExpectedColour()
    {
        ModelSpec spec = TinyModels.Specs["conv + palette, odd sides"] with { ContextChannels = 0 };
        using VaeModel model = TinyModels.Make(spec, gain: 2f);
        using var batch = TinyModels.Batch(spec, B);
        Tensor colours = TinyModels.Normal(9, 4, 4).sigmoid(); // premultiplied, with alpha
        Decoded said = model.Decoder.call(batch.Noise, null, null);
        PixelLogits pixels = said.Palette!.Chosen();
        Tensor mean = said.Mean(colours), logits = pixels.Colours();
        Assert.That(mean.shape, Is.EqualTo(new long[] { B, 4, spec.Height, spec.Width }));
        int rows = (spec.Height + 1) / 2, columns = (spec.Width + 1) / 2;
        foreach (var (b, x, y) in new[] { (0, 0, 0), (1, 10, 3), (2, 5, 8) })
        {
            int row = (4 * ((((b * rows) + (y / 2)) * columns) + (x / 2))) + (2 * (y % 2)) + (x % 2);
            double visible = 1 / (1 + Math.Exp(-pixels.Visibility[row].item<float>()));
            double[] p = [.. logits[row].Doubles().Select(Math.Exp)];
            double green = Enumerable.Range(0, 4).Sum(k => p[k] / p.Sum() * colours[k, 1].item<float>()) * visible;
            double alpha = Enumerable.Range(0, 4).Sum(k => p[k] / p.Sum() * colours[k, 3].item<float>()) * visible;
            Assert.That(mean[b, 1, y, x].item<float>(), Is.EqualTo(green).Within(1e-6));
            Assert.That(mean[b, 3, y, x].item<float>(), Is.EqualTo(alpha).Within(1e-6));
        }
    }
}
