using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Commands;

/// <summary>An engine on a device in a comparison: it trains for a turn whenever it is asked to, so that all share what else the machine does.</summary>
internal sealed class EngineContestant : IDisposable
{
    private const int WarmUp = 3;

    private readonly string _engine, _device, _description;
    private readonly TrainingSettings _settings;
    private readonly VaeSession _session;
    private readonly BatchSource _batches;
    private readonly List<double> _milliseconds = [];
    private Losses _losses;
    private int _step;

    /// <summary>Prepares a model, from its random start.</summary>
    public EngineContestant(IEngineKind kind, string device, RunConfig config, Dataset data)
    {
        (_engine, _device, _settings) = (kind.Name, device, config.Training);
        IEngine engine = kind.Open(device, _settings.Threads);
        _description = engine.Description;
        var vae = new VaeGraph(config.Model, _settings.Batch, _settings.FreeBits, visibleShare: _settings.VisibleShare);
        var graph = new TrainingGraph(vae, _settings.GradientClip);
        _session = new VaeSession(engine, vae, graph, TrainingState.Initial(vae.Graph, _settings.Seed));
        _batches = new BatchSource(data.Train, _settings.Batch, _settings.Seed, palette: config.Model.Colours > 0 ? data.Palette : null);
    }

    /// <summary>Trains for about <paramref name="seconds"/>, at least one measured step.</summary>
    public void TakeTurn(double seconds)
    {
        var schedule = new Schedule(_settings);
        var clock = Stopwatch.StartNew();
        int before = _milliseconds.Count;
        while (_milliseconds.Count == before || clock.Elapsed.TotalSeconds < seconds)
        {
            long start = Stopwatch.GetTimestamp();
            TrainingLoop.Feed(_session, _batches, _settings.Seed, ++_step, augmentation: 0);
            _losses = _session.Step(schedule.At(_step, progress: 0.1), beta: 1);
            if (_step > WarmUp) _milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    /// <summary>What came out so far.</summary>
    public EngineSpeed Speed
    {
        get
        {
            double median = _milliseconds.Order().ElementAt(_milliseconds.Count / 2);
            return new EngineSpeed(_engine, _device, _description, _settings.Batch, _milliseconds.Count, median, _milliseconds.Min(),
                _settings.Batch / median * 1000, _losses.Reconstruction + _losses.Kl);
        }
    }

    public void Dispose() => _session.Dispose();
}
