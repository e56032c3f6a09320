using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Tests.Trainer.Engines;

/// <summary>Steps against a discriminator on ONNX Runtime.</summary>
public sealed class AdversaryStepTests
{
    private const int Batch = 4;

    [Test]
    public void ARelativeWeightIsAShareOfTheOtherGradient()
    {
        float[] decoder = [3, 0, 4, 0, 0, 0, 0, 0, 0], adversarial = [0, 0.2f, 0, 0, 0, 0, 0, 0, 0];
        float factor = Adversary.Join(decoder, adversarial, new AdversaryStep(1, 1e-3f, 0.5f, IsRelative: true));
        Assert.That(factor, Is.EqualTo(12.5f).Within(1e-4));
        Assert.That(decoder, Is.EqualTo(new[] { 3, 2.5f, 4, 0, 0, 0, 0, 0, 0 }).Within(1e-5));
        Assert.That(Adversary.Join(decoder, adversarial, new AdversaryStep(1, 1e-3f, 0.5f, IsRelative: false)), Is.EqualTo(0.5f));
        Assert.That(decoder[1], Is.EqualTo(2.6f).Within(1e-5));
        Assert.That(float.IsFinite(Adversary.Join(decoder, new float[9], new AdversaryStep(1, 1e-3f, 0.5f, IsRelative: true))), "nothing to divide by");
    }

    [Test]
    public void TheDiscriminatorLearnsAndOnlyTheDecoderHearsIt()
    {
        using var silent = new Opposed();
        using var loud = new Opposed();
        Losses first = silent.Step(1, weight: 0f), heard = loud.Step(1, weight: 1f);
        Assert.That((heard.Reconstruction, heard.Discriminator), Is.EqualTo((first.Reconstruction, first.Discriminator)));
        Assert.That((first.AdversaryFactor, heard.AdversaryFactor > 0f), Is.EqualTo((0f, true)));
        (float[] a, float[] b) = (silent.Weights(), loud.Weights());
        Assert.That(b[..silent.Decoder], Is.EqualTo(a[..silent.Decoder]), "encoder");
        Assert.That(b[silent.Decoder..silent.Model], Is.Not.EqualTo(a[silent.Decoder..silent.Model]), "decoder");
        Assert.That(b[silent.Model..], Is.EqualTo(a[silent.Model..]), "discriminator");

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
            using var training = new Opposed();
            float last = 0f;
            for (int step = 1; step <= 60; step++) last = training.Step(step, weight).Generator;
            return last;
        }
        Assert.That(Generator(2f), Is.LessThan(Generator(0f)));
    }

    [Test]
    public void AnIgnoredDiscriminatorChangesNothing()
    {
        using var opposed = new Opposed();
        var vae = new VaeGraph(Opposed.Spec, Batch);
        TrainingState plain = TrainingState.Initial(vae.Graph, seed: 2);
        using var session = new VaeSession(new OrtEngine(1), vae, new TrainingGraph(vae, gradientClip: 1e6f), plain);
        Opposed.Fill(session);
        for (int step = 1; step <= 5; step++)
        {
            opposed.Step(step, weight: 0f);
            session.Step(new StepSettings(step, 2e-3f, 0.9f), beta: 0.5f);
        }
        session.Read(plain);
        Assert.That(opposed.Weights()[..opposed.Model], Is.EqualTo(plain.Weights).Within(1e-6));
    }

    [Test]
    public void AStepAllocatesNothing()
    {
        using var training = new Opposed();
        void Steps()
        {
            for (int step = 1; step <= 50; step++) training.Step(step, weight: 0.5f);
        }
        Assert.That(Allocation.Least(Steps), Is.Zero);
    }

    /// <summary>A net of a few hundred weights against a discriminator, fed with the same four sprites again and again.</summary>
    private sealed class Opposed : IDisposable
    {
        private readonly VaeSession _session;
        private readonly TrainingState _state;

        public Opposed()
        {
            var vae = new VaeGraph(Spec, Batch);
            TrainingState model = TrainingState.Initial(vae.Graph, seed: 2);
            Model = vae.Graph.ParameterCount;
            Decoder = vae.Graph.Parameters.First(parameter => parameter.Value.Name.StartsWith("decoder", StringComparison.Ordinal)).Offset;
            var graph = new TrainingGraph(vae, gradientClip: 1e6f, new AdversaryGraph(vae, [6, 8], []));
            _state = model.Join(vae.Graph, seed: 2, step: 0);
            _session = new VaeSession(new OrtEngine(1), vae, graph, _state);
            Fill(_session);
            DifferentiableAugmentation.Fill(_session.Moved, _session.Kept, Spec.Width, Spec.Height, flip: false, seed: 1, stream: 0);
        }

        public static ModelSpec Spec { get; } = VaeTrial.Specs["conv + sigma, soft alpha"] with { Width = 16, Height = 12, SoftAlpha = false, Likelihood = Likelihood.Mse };

        public int Model { get; }

        public int Decoder { get; }

        public static void Fill(VaeSession session)
        {
            double[] sprites = VaeTrial.Sprites(Spec, Batch);
            for (int i = 0; i < sprites.Length; i++) session.Sprites[i] = (byte)sprites[i];
            for (int i = 0; i < session.Noise.Length; i++) session.Noise[i] = new Sampler(6).Normal(i);
        }

        public Losses Step(long step, float weight) =>
            _session.Step(new StepSettings(step, 2e-3f, 0.9f) { Adversary = new AdversaryStep(step, 2e-3f, weight, IsRelative: true) }, beta: 0.5f);

        public float[] Weights()
        {
            _session.Read(_state);
            return [.. _state.Weights];
        }

        public void Dispose() => _session.Dispose();
    }
}
