using System;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>A variational autoencoder in training on some engine: its inputs by name, its losses by name.</summary>
public sealed class VaeSession : IDisposable
{
    private readonly VaeGraph _vae;
    private readonly ITrainingSession _session;
    private readonly byte[] _indices;

    /// <summary>Prepares <paramref name="graph"/>, which trains <paramref name="vae"/>, on an engine; disposing this disposes the session.</summary>
    public VaeSession(IEngine engine, VaeGraph vae, TrainingGraph graph, TrainingState state)
    {
        _vae = vae;
        _session = engine.Start(graph, state);
        _indices = new byte[vae.Visible is null ? 0 : vae.Sprites.Count / 4];
    }

    /// <summary>The next batch's sprites: B x H x W x 4 bytes of straight-alpha RGBA.</summary>
    public Span<byte> Sprites => _session.Input<byte>(_vae.Sprites);

    /// <summary>Palette indices, B x H x W; empty without a palette likelihood.</summary>
    public Span<byte> Indices => _indices;

    /// <summary>Label weights, B x L; empty in unconditional models.</summary>
    public Span<float> Label => _vae.Label is { } label ? _session.Input<float>(label) : [];

    /// <summary>Standard normals, B x Z.</summary>
    public Span<float> Noise => _session.Input<float>(_vae.Noise);

    /// <inheritdoc cref="ITrainingSession.TimeInRuntime"/>
    public TimeSpan TimeInRuntime => _session.TimeInRuntime;

    /// <summary>Runs one step with the KL term weighed by <paramref name="beta"/>. On ONNX Runtime no managed memory is allocated.</summary>
    public Losses Step(in StepSettings settings, float beta)
    {
        _session.Input<float>(_vae.Beta)[0] = beta;
        SelectVisible();
        ReadOnlySpan<float> report = _session.Step(settings);
        return new Losses(report[0], report[1], report[2]);
    }

    /// <summary>The losses of what the inputs hold under the averaged weights; nothing changes.</summary>
    public Losses Evaluate()
    {
        SelectVisible();
        ReadOnlySpan<float> terms = _session.Evaluate();
        return new Losses(terms[0], terms[1], 0f);
    }

    /// <summary>Copies weights, moments and average into <paramref name="state"/>.</summary>
    public void Read(TrainingState state) => _session.Read(state);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private void SelectVisible()
    {
        if (_vae.Visible is not { } visible) return;
        visible.Select(_indices, _session.Input<long>(visible.Rows), _session.Input<long>(visible.Colours), _session.Input<float>(visible.Weights));
    }
}
