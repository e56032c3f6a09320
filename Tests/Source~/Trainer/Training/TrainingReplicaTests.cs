using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using TorchSharp;
using VaeContent.Tests.Trainer.Model;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Model.Losses;
using VaeContent.Trainer.Training;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>Steps of training on the same four sprites again and again.</summary>
[NonParallelizable]
public sealed class TrainingReplicaTests
{
    private const int Batch = 4;
    private const float Beta = 0.5f;

    // Reconstruction and KL of ten steps. They change only in a commit that says why.
    private static readonly double[] GoldenReconstructions =
        [465.94232, 434.94653, 431.6212, 437.54843, 430.83887, 427.34167, 434.7226, 430.48065, 425.90515, 432.74796];

    private static readonly double[] GoldenKls =
        [0.008029848, 0.01912561, 0.020176783, 0.042163387, 0.065233216, 0.08584319, 0.15537253, 0.15130508, 0.19016844,
            0.32228702];

    private static readonly Rgba32[] Colours = [default, new(255, 0, 0), new(0, 200, 40), new(10, 20, 200), new(250, 250, 250),
        new(9, 9, 9), new(90, 9, 90)];

    [Test]
    public void TenStepsGiveTheGoldenLosses()
    {
        using var training = new Tiny("conv + palette");
        Losses[] losses = [.. Enumerable.Range(1, 10).Select(step => training.Step(step))];
        TestContext.Out.WriteLine(string.Join(", ", losses.Select(one => $"{one.Reconstruction:R}")));
        TestContext.Out.WriteLine(string.Join(", ", losses.Select(one => $"{one.Kl:R}")));
        Assert.That(losses.Select(one => (double)one.Reconstruction), Is.EqualTo(GoldenReconstructions).Within(0.01).Percent);
        Assert.That(losses.Select(one => (double)one.Kl), Is.EqualTo(GoldenKls).Within(0.01).Percent);
    }

    // The gradient that leads a step, along a random direction, against the difference of the loss itself.
    [Test]
    public void GradientsAreThoseOfTheLoss([ValueSource(typeof(TinyModels), nameof(TinyModels.Names))] string name)
    {
        using DisposeScope scope = NewDisposeScope();
        ModelSpec spec = TinyModels.Specs[name] with { Activation = Activation.Tanh };
        using VaeModel model = TinyModels.Make(spec);
        using var batch = TinyModels.Batch(spec, Batch);
        var elbo = new Elbo(spec, new TrainingSettings { FreeBits = 0f },
            spec.HasPalette ? TinyModels.Normal(1, spec.Colours - 1, 3).sigmoid() : null, null);
        float[] weights = model.Flat();
        Tensor[] parameters = [.. model.parameters()];
        float[] gradient = [.. autograd.grad([elbo.Evaluate(model, batch, Beta, 0f).Total], parameters)
            .SelectMany(part => part.ToArray())];
        double length = Math.Sqrt(gradient.Sum(g => (double)g * g));
        double LossAt(double step)
        {
            model.SetFlat([.. weights.Zip(gradient, (w, g) => (float)(w + (step * g / length)))]);
            return elbo.Evaluate(model, batch, Beta, 0f).Total.item<float>();
        }
        const double Step = 1e-3;
        // Optimal sigma's variance is a constant to its gradient: half of the logarithm's is left out, and the whole of the
        // quotient's.
        if (spec.Likelihood != Likelihood.Sigma) Assert.That((LossAt(Step) - LossAt(-Step)) / (2 * Step),
            Is.EqualTo(length).Within(1).Percent);
        Assert.That(length, Is.GreaterThan(1));
    }

    [Test]
    public void EvaluationUsesTheAverageAndChangesNothing()
    {
        using var training = new Tiny("conv + palette");
        for (int step = 1; step <= 3; step++) training.Step(step);
        byte[] before = training.State();
        Losses losses = training.Replica.Evaluate(training.Given);
        using var scope = NewDisposeScope();
        ElboTerms terms = new Elbo(training.Config.Model, training.Config.Training, null, null)
            .Evaluate(training.Replica.Averaged!, training.Given, 1f, 0f);
        Assert.That(losses.Reconstruction, Is.EqualTo(terms.ReconstructionSum.item<float>() / Batch).Within(0.001).Percent);
        Assert.That(training.State(), Is.EqualTo(before));
    }

    // A sprite's loss and gradient do not depend on how many others are in the batch.
    [Test]
    public void ASpriteCostsTheSameInEveryBatch([Values("conv + palette", "conv + sigma, soft alpha", "mlp + mse")] string name)
    {
        Losses Step(int repeats)
        {
            using var training = new Tiny(name, batch: Batch * repeats);
            foreach (Tensor? tensor in new[] { training.Given.Sprites, training.Given.Indices, training.Given.Noise })
            {
                for (int i = 1; i < repeats; i++) tensor?.narrow(0, i * Batch, Batch).copy_(tensor.narrow(0, 0, Batch));
            }
            return training.Step(1, fill: false);
        }
        Losses one = Step(1), two = Step(2);
        Assert.That(two.Reconstruction, Is.EqualTo(one.Reconstruction).Within(0.001).Percent);
        Assert.That(two.Kl, Is.EqualTo(one.Kl).Within(0.001).Percent);
        Assert.That(two.GradientNorm, Is.EqualTo(one.GradientNorm).Within(0.001).Percent);
    }

    // Colours under index 0 and pixels beyond an odd side are nobody's business.
    [Test]
    public void InvisiblePixelsTeachNoColour()
    {
        using DisposeScope scope = NewDisposeScope();
        ModelSpec spec = TinyModels.Specs["conv + palette, odd sides"];
        using VaeModel model = TinyModels.Make(spec);
        using var batch = TinyModels.Batch(spec, Batch);
        batch.Indices!.zero_();
        PaletteLogits said = model.Decoder.call(batch.Noise, null, null).Palette!;
        Likelihoods.Palette(said, batch.Indices, null, 0.25f).sum().backward();
        Assert.That(model.Decoder.Palette!.Colours.parameters().Last().grad,
            Is.Null.Or.Matches<Tensor>(gradient => gradient.abs().sum().item<float>() == 0), "the colours' bias");
        batch.Indices[0, spec.Height - 1, spec.Width - 1] = tensor((byte)2);
        Likelihoods.Palette(model.Decoder.call(batch.Noise, null, null).Palette!, batch.Indices, null, 0.25f).sum().backward();
        Assert.That(model.Decoder.Palette!.Colours.parameters().Last().grad!.abs().sum().item<float>(), Is.GreaterThan(0));
    }

    [Test]
    public void TheDiscriminatorLearnsAndOnlyTheDecoderListens()
    {
        using Tiny silent = new("mlp + mse", gan: true), loud = new("mlp + mse", gan: true);
        Losses first = silent.Step(1, weight: 0f), weighted = loud.Step(1, weight: 1f);
        Assert.That((weighted.Reconstruction, weighted.Discriminator), Is.EqualTo((first.Reconstruction, first.Discriminator)));
        Assert.That((first.AdversaryFactor, weighted.AdversaryFactor > 0f), Is.EqualTo((0f, true)));
        Assert.That(loud.Replica.Model.Encoder.Flat(), Is.EqualTo(silent.Replica.Model.Encoder.Flat()));
        Assert.That(loud.Replica.Model.Decoder.Flat(), Is.Not.EqualTo(silent.Replica.Model.Decoder.Flat()));

        float last = 0f;
        for (int step = 2; step <= 60; step++) last = silent.Step(step, weight: 0f).Discriminator;
        Assert.That(first.Discriminator, Is.EqualTo(2f).Within(0.5f), "it knows nothing yet");
        Assert.That(last, Is.LessThan(0.7f * first.Discriminator), "on the same sprites again and again");
    }

    [Test]
    public void ListeningToItBringsItsScoreDown()
    {
        float Generator(float weight)
        {
            using var training = new Tiny("mlp + mse", gan: true);
            float last = 0f;
            for (int step = 1; step <= 60; step++) last = training.Step(step, weight).Generator;
            return last;
        }
        Assert.That(Generator(2f), Is.LessThan(Generator(0f)));
    }

    [Test]
    public void AnIgnoredDiscriminatorChangesNothing()
    {
        using Tiny opposed = new("mlp + mse", gan: true), plain = new("mlp + mse");
        for (int step = 1; step <= 5; step++)
        {
            opposed.Step(step, weight: 0f);
            plain.Step(step);
        }
        Assert.That(opposed.Replica.Model.Flat(), Is.EqualTo(plain.Replica.Model.Flat()).Within(1e-6f));
    }

    [Test]
    public void StepsLeaveNoTensorBehind([Values] bool gan)
    {
        var (early, late) = Train(gan);
        Assert.That(late, Is.EqualTo(early), "live tensors");
    }

    private static (long Early, long Late) Train(bool gan)
    {
        using var training = new Tiny("conv + palette", gan: gan);
        long early = 0;
        for (int step = 1; step <= 200; step++)
        {
            training.Step(step, weight: 0.5f);
            if (step % 10 == 0) training.Replica.Evaluate(training.Given);
            if (step == 20) early = Tensor.TotalCount;
        }
        return (early, Tensor.TotalCount);
    }

    private sealed class Tiny : IDisposable
    {
        public Tiny(string name, int batch = Batch, bool gan = false)
        {
            LibTorch.UseThreads(1);
            ModelSpec spec = TinyModels.Specs[name];
            Config = new RunConfig
            {
                Model = spec,
                Training = new TrainingSettings { Batch = batch, FreeBits = 0.05f, Seed = 2, GradientClip = 1e6f },
                Gan = new GanSettings { Weight = 1f, Widths = [6, 8] },
            };
            Replica = new TrainingReplica(Config, new Palette([.. Colours.Take(Math.Max(2, spec.Colours))]));
            if (gan) Replica.Join(0);
            Given = TinyModels.Batch(spec, batch);
        }

        public RunConfig Config { get; }

        public TrainingReplica Replica { get; }

        public TrainingBatch Given { get; }

        public Losses Step(long step, float weight = 0f, bool fill = true)
        {
            if (fill) TinyModels.Fill(Given, Config.Model, seed: 5 + (step % 3));
            return Replica.Step(Given, new StepSettings(step, 3e-3f, 0.9f), Beta, 0f,
                new AdversaryStep(2e-3f, weight, IsRelative: true));
        }

        public byte[] State()
        {
            using var stream = new MemoryStream();
            using (var writer = new BinaryWriter(stream)) Replica.Write(writer);
            return stream.ToArray();
        }

        public void Dispose()
        {
            Replica.Dispose();
            Given.Dispose();
        }
    }
}
