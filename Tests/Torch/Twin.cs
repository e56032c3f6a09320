using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Models;
using VaeContent.Trainer.Painting;

namespace VaeContent.Tests.Torch;

/// <summary>One model in training on one engine. Two twins on two engines see the same numbers at every step.</summary>
internal sealed class Twin : IDisposable
{
    public const float Unclipped = 1e9f;

    // As at the beginning of a run of 2,000 steps.
    private const float LearningRate = 2e-3f, RampUp = 40f, AverageDecay = 0.99f;

    private readonly VaeGraph _vae;
    private readonly ITrainingSession _session;
    private readonly Dictionary<Value, double[]> _feeds;

    public Twin(IEngine engine, ModelSpec spec, int batch = 4, float gradientClip = Unclipped, float freeBits = 0.05f, TrainingState? from = null)
    {
        _vae = new VaeGraph(spec, batch, freeBits);
        State = from ?? TrainingState.Initial(_vae.Graph, seed: 3);
        var graph = new TrainingGraph(_vae, gradientClip);
        _session = engine.Start(graph, State);
        _feeds = VaeTrial.Feeds(_vae);
        _feeds[_vae.Sprites] = [.. HeroPainter.PaintDistinct(batch, seed: 1).SelectMany(hero => hero.Picture.Crop((32 - spec.Width) / 2, (32 - spec.Height) / 2, spec.Width, spec.Height).Pixels)
            .SelectMany(pixel => new double[] { pixel.R, pixel.G, pixel.B, pixel.A })];
        foreach (var (value, data) in _feeds) Feeding.Write(value, data, _session.Input<byte>);
        Parameters = _vae.Graph.Parameters;
    }

    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Where training started, until it is read.</summary>
    public TrainingState State { get; }

    /// <summary>Terms and gradient norm of a step with its own noise.</summary>
    public float[] Step(long step)
    {
        var normals = new Sampler(6, (int)step);
        Feeding.Write(_vae.Noise, [.. Enumerable.Range(0, _vae.Noise.Count).Select(i => (double)normals.Normal(i))], _session.Input<byte>);
        return _session.Step(new StepSettings(step, LearningRate * Math.Min(1f, step / RampUp), AverageDecay)).ToArray();
    }

    public float[] Evaluate() => _session.Evaluate().ToArray();

    public TrainingState Read()
    {
        _session.Read(State);
        return State;
    }

    public void Dispose() => _session.Dispose();
}
