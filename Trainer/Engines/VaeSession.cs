using System;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>A variational autoencoder in training on some engine: its inputs by name, its losses by name.</summary>
public sealed class VaeSession : IDisposable
{
    private readonly VaeGraph _vae;
    private readonly ITrainingSession _session;
    private readonly AdversaryGraph? _adversary;
    private readonly byte[] _indices;

    /// <summary>Prepares <paramref name="graph"/>, which trains <paramref name="vae"/>, on an engine; disposing this disposes the session.</summary>
    public VaeSession(IEngine engine, VaeGraph vae, TrainingGraph graph, TrainingState state)
    {
        _vae = vae;
        _adversary = graph.Adversary;
        _session = engine.Start(graph, state);
        _indices = new byte[vae.Visible is null ? 0 : vae.Sprites.Count / 4];
    }

    /// <summary>The next batch's sprites: B x H x W x 4 bytes of straight-alpha RGBA.</summary>
    public Span<byte> Sprites => _session.Input<byte>(_vae.Sprites);

    /// <summary>The sprites that the decoder is judged by, as <see cref="Sprites"/>; empty where those are the same.</summary>
    public Span<byte> Clean => _vae.Clean is { } clean ? _session.Input<byte>(clean) : [];

    /// <summary>Palette indices, B x H x W; empty without a palette likelihood.</summary>
    public Span<byte> Indices => _indices;

    /// <summary>Label weights, B x L; empty in unconditional models.</summary>
    public Span<float> Label => _vae.Label is { } label ? _session.Input<float>(label) : [];

    /// <summary>Standard normals that latents are compared with, B x Z; empty without that regulariser.</summary>
    public Span<float> Draws => _vae.Draws is { } draws ? _session.Input<float>(draws) : [];

    /// <summary>Standard normals, B K x Z.</summary>
    public Span<float> Noise => _session.Input<float>(_vae.Noise);

    /// <summary>From which pixel of the batch the discriminator sees each pixel, B x H x W; empty without one.</summary>
    public Span<long> Moved => _adversary is null ? [] : _session.Input<long>(_adversary.Moved);

    /// <summary>1 where the discriminator sees a pixel, else 0, B x H x W; empty without one.</summary>
    public Span<float> Kept => _adversary is null ? [] : _session.Input<float>(_adversary.Kept);

    /// <inheritdoc cref="ITrainingSession.TimeInRuntime"/>
    public TimeSpan TimeInRuntime => _session.TimeInRuntime;

    /// <summary>
    /// Runs one step with the KL term weighed by <paramref name="beta"/>, and pulled towards <paramref name="capacity"/> where the graph has
    /// one. On ONNX Runtime no managed memory is allocated.
    /// </summary>
    public Losses Step(in StepSettings settings, float beta, float capacity = 0f)
    {
        if (_vae.Capacity is { } aim) _session.Input<float>(aim)[0] = capacity;
        _session.Input<float>(_vae.Beta)[0] = beta;
        SelectVisible();
        ReadOnlySpan<float> report = _session.Step(settings);
        return _adversary is null ? new Losses(report[0], report[1], report[2]) : new Losses(report[0], report[1], report[4], report[2], report[3], report[5]);
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
