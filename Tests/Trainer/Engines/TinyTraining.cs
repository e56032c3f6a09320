using System;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Tests.Trainer.Engines;

/// <summary>A net of a few hundred weights in a training session, fed with the same four sprites again and again.</summary>
internal sealed class TinyTraining : IDisposable
{
    public const int Batch = 4;
    public const float LearningRate = 3e-3f, Beta = 0.5f, AverageDecay = 0.9f;

    private readonly VaeSession _session;

    public TinyTraining(string model = "conv + palette", int threads = 1, TrainingState? from = null, float gradientClip = 500f)
    {
        Spec = VaeTrial.Specs[model] with { Width = 16, Height = 12 };
        Vae = new VaeGraph(Spec, Batch, freeBits: 0.05f);
        Graph = new TrainingGraph(Vae, gradientClip);
        State = from ?? Initial(Vae);
        _session = new VaeSession(new OrtEngine(threads), Vae, Graph, State);
    }

    public ModelSpec Spec { get; }

    public VaeGraph Vae { get; }

    public TrainingGraph Graph { get; }

    /// <summary>Where training started, until it is read again.</summary>
    public TrainingState State { get; }

    public Losses Step(long step)
    {
        Fill(step);
        return _session.Step(new StepSettings(step, LearningRate, AverageDecay), Beta);
    }

    /// <summary>A step on what was fed last.</summary>
    public Losses StepAgain(in StepSettings settings) => _session.Step(settings, Beta);

    public Losses Evaluate() => _session.Evaluate();

    public TrainingState Read()
    {
        _session.Read(State);
        return State;
    }

    public void Fill(long step)
    {
        double[] sprites = VaeTrial.Sprites(Spec, Batch);
        for (int i = 0; i < sprites.Length; i++) _session.Sprites[i] = (byte)sprites[i];
        for (int i = 0; i < _session.Indices.Length; i++) _session.Indices[i] = (byte)Index(i);
        double[] labels = VaeTrial.Labels(Batch, Spec.ConditionLabels);
        for (int i = 0; i < labels.Length; i++) _session.Label[i] = (float)labels[i];
        for (int i = 0; i < _session.Noise.Length; i++) _session.Noise[i] = Noise(step, i);
    }

    public int Index(int pixel) => (int)new Sampler(7).Below(Spec.Colours, pixel);

    public static float Noise(long step, int i) => new Sampler(6).Normal((step * 1000) + i);

    public void Dispose() => _session.Dispose();

    private static TrainingState Initial(VaeGraph vae)
    {
        float[] weights = VaeTrial.Weights(vae.Graph);
        var state = new TrainingState(weights.Length);
        weights.CopyTo(state.Weights, 0);
        weights.CopyTo(state.Average, 0);
        return state;
    }
}
