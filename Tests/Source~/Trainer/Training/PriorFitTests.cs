using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using TorchSharp;
using VaeContent.Trainer;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;
using Tensor = TorchSharp.torch.Tensor;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>An encoder that tells red sprites from blue ones, and the prior fitted to that.</summary>
public sealed class PriorFitTests
{
    private const int Side = 8, PerLabel = 60;
    private static readonly string[] Labels = ["red", "blue"];

    private static readonly ModelSpec Spec = new()
    {
        Architecture = Architecture.Mlp,
        Likelihood = Likelihood.Mse,
        Widths = [2],
        Latent = 2,
        Width = Side,
        Height = Side,
        Activation = Activation.Tanh
    };

    [Test]
    public void ComponentsOfALabelLieWhereItsSpritesAre()
    {
        (Posteriors posteriors, SpriteSet set) = Encode();
        double[] centres = [.. Enumerable.Range(0, 2).Select(label => Enumerable.Range(0, set.Sprites.Count)
            .Where(i => set.Sprites[i].Label == label).Average(i => (double)posteriors.Mu[i * 2]))];
        Assert.That(Math.Abs(centres[0] - centres[1]), Is.GreaterThan(1), "the encoder tells the labels apart");

        Prior prior = PriorFit.Fit(posteriors, set, new PriorSettings(), seed: 1);
        Assert.That(prior.DependsOnLabel, Is.True);
        Assert.That(prior.ComponentLabels.ToArray().Distinct(), Is.EquivalentTo(new[] { 0, 1 }));
        var z = new float[2];
        for (int label = 0; label < 2; label++)
        {
            double mean = 0;
            for (int seed = 0; seed < 500; seed++)
            {
                prior.Sample(seed, label, 1f, z);
                mean += z[0] / 500.0;
            }
            Assert.That(mean, Is.EqualTo(centres[label]).Within(0.1), Labels[label]);
        }
    }

    [Test]
    public void SamplesSpreadAsDrawsFromThePosteriorsDo()
    {
        (Posteriors posteriors, SpriteSet set) = Encode();
        Prior prior = PriorFit.Fit(posteriors, set, new PriorSettings { MaxComponents = 1 }, seed: 1);
        double[] expected = GaussianMixture.Covariance(posteriors.Draw(Enumerable.Range(0, PerLabel), 3, seed: 1), 2);
        var z = new float[2];
        var samples = new List<double>();
        for (int seed = 0; seed < 4000; seed++)
        {
            prior.Sample(seed, 0, 1f, z);
            samples.AddRange([z[0], z[1]]);
        }
        Assert.That(GaussianMixture.Covariance([.. samples], 2), Is.EqualTo(expected).Within(0.1 * expected.Max()));
    }

    [Test]
    public void ANormalPriorIsLeftAlone()
    {
        (Posteriors posteriors, SpriteSet set) = Encode();
        Prior prior = PriorFit.Fit(posteriors, set, new PriorSettings { Kind = "normal" }, seed: 1);
        Assert.That((prior.ComponentCount, prior.LabelCount), Is.EqualTo((0, 2)));
    }

    [Test]
    public void AnUnknownKindIsRefused() =>
        Assert.That(() => new PriorSettings { Kind = "magic" }.Validate(),
            Throws.TypeOf<UserError>().With.Message.Contains("flow, mixture or normal"));

    // Units: hidden 0 is tanh of (red - blue), mu 0 is twice that; logVar is constant.
    private static (Posteriors, SpriteSet) Encode()
    {
        var random = new Sampler(2);
        var sprites = new List<Sprite>();
        for (int i = 0; i < 2 * PerLabel; i++)
        {
            byte strength = (byte)(150 + random.Below(100, i));
            Rgba32 colour = i < PerLabel ? new Rgba32(strength, 10, 10) : new Rgba32(10, 10, strength);
            sprites.Add(new Sprite($"{i:D3}.png", [.. Enumerable.Repeat(colour, Side * Side)]) { Label = i / PerLabel });
        }
        var set = new SpriteSet(Side, Side, sprites, Labels);

        using var model = new VaeModel(Spec);
        model.SetFlat(new float[model.ParameterCount()]);
        TorchSharp.Modules.Parameter[] encoder = [.. model.Encoder.parameters()]; // (2, 4 S S), (2), (4, 2), (4)
        using (torch.no_grad())
        {
            Tensor first = encoder[0].reshape(2, 4, Side * Side); // x is (C, H, W): red first
            first[0, 0].fill_(1f / (Side * Side));
            first[0, 2].fill_(-1f / (Side * Side));
            encoder[2][0, 0] = 2f; // mu 0, mu 1, logVar 0, logVar 1
            encoder[3].narrow(0, 2, 2).fill_(-3f);
        }
        var dataset = new Dataset(set, set, set, ColourPalette.Fit(sprites, 8));
        return (Posteriors.Encode(EncoderBundle.Load(BundleExport.Encoder(model, dataset), "test"), set), set);
    }
}
