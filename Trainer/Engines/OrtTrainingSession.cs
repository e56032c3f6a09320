using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Microsoft.ML.OnnxRuntime;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>
/// A training graph in ONNX Runtime, followed by Adam. Where processes share a batch, the graph runs in two stages, and its numbers are
/// averaged after each.
/// </summary>
internal sealed class OrtTrainingSession : ITrainingSession
{
    private readonly TrainingGraph _graph;
    private readonly IProcessGroup? _group;
    private readonly Stage[] _stages;
    private readonly InferenceSession _evaluation;
    private readonly RunOptions _run = new();
    private readonly OrtBuffers _buffers = new();
    private readonly OrtIoBinding _evaluate;
    private readonly Dictionary<Value, OrtValue> _memory = [];
    private readonly OrtValue _average;
    private readonly OrtValue[] _terms;
    private readonly float[] _firstMoment, _secondMoment, _report, _means;
    private readonly BoundInput[] _evaluateInputs;
    private readonly bool _rebinds;
    private readonly Lock _whole = new();

    /// <summary>Prepares a graph; with a group, for a step that all its processes take together.</summary>
    public OrtTrainingSession(TrainingGraph graph, TrainingState state, OrtEngine engine, IProcessGroup? group = null)
    {
        _graph = graph;
        _group = group;
        _rebinds = engine.CopiesInputs;

        // Allocate once.
        foreach (Value value in graph.Data) Memory(value);
        state.Weights.CopyTo(Memory(graph.Weights).GetTensorMutableDataAsSpan<float>());
        _average = _buffers.Allocate(graph.Weights);
        state.Average.CopyTo(_average.GetTensorMutableDataAsSpan<float>());
        _firstMoment = [.. state.FirstMoment];
        _secondMoment = [.. state.SecondMoment];
        _terms = [.. graph.Terms.Select(_buffers.Allocate)];
        _means = new float[_terms.Length];
        _report = new float[_terms.Length + (graph.Adversary is null ? 1 : 2)];

        // Bind once.
        _stages = [.. TrainingStage.Of(graph, isShared: group is not null).Select(stage => Prepare(stage, engine))];
        string[] termNames = [.. graph.Terms.Select((_, i) => $"term_{i}")];
        _evaluation = engine.Open(OnnxWriter.WriteTrainable(graph.Graph, graph.Weights, [.. graph.Data, graph.Weights], [.. graph.Terms.Zip(termNames)]));
        _evaluate = _buffers.Bind(_evaluation);
        _evaluateInputs = [.. graph.Data.Select(value => new BoundInput(value.Name, Memory(value))), new BoundInput(graph.Weights.Name, _average)];
        BindInputs(_evaluate, _evaluateInputs);
        for (int k = 0; k < _terms.Length; k++) _evaluate.BindOutput(termNames[k], _terms[k]);
    }

    public TimeSpan TimeInRuntime { get; private set; }

    public Span<T> Input<T>(Value input) where T : unmanaged => _memory[input].GetTensorMutableDataAsSpan<T>();

    public ReadOnlySpan<float> Step(in StepSettings settings)
    {
        foreach (Stage stage in _stages)
        {
            long started = Stopwatch.GetTimestamp();
            if (_rebinds) BindInputs(stage.Binding, stage.Inputs);
            stage.Session.RunWithBinding(_run, stage.Binding);
            TimeInRuntime += Stopwatch.GetElapsedTime(started);
            if (_group is null) continue;
            foreach (OrtValue value in stage.Averaged) _group.Average(value.GetTensorMutableDataAsSpan<float>());
        }
        for (int i = 0; i < _terms.Length; i++) _report[i] = Input<float>(_graph.Terms[i])[0] / _graph.Batch;
        Span<float> gradient = Input<float>(_graph.Gradient), model = gradient[..(_graph.Adversary?.ModelWeights ?? gradient.Length)];
        if (_graph.AdversarialGradient is { } pull)
            _report[^1] = Adversary.Join(model[^pull.Count..], Input<float>(pull), settings.Adversary);
        float norm = _report[_terms.Length] = Adam.Norm(model) / _graph.Batch;
        float shortened = _graph.GradientClip / Math.Max(norm, _graph.GradientClip); // not a number where the norm is none
        lock (_whole)
        {
            Adam.Step(model, shortened / _graph.Batch, settings, State[..model.Length]);
            if (_graph.Adversary is not null) Adam.Step(gradient[model.Length..], 1f / _graph.Batch, settings.OfDiscriminator, State[model.Length..]);
        }
        return _report;
    }

    public ReadOnlySpan<float> Evaluate()
    {
        if (_rebinds) BindInputs(_evaluate, _evaluateInputs);
        _evaluation.RunWithBinding(_run, _evaluate);
        for (int i = 0; i < _means.Length; i++) _means[i] = _terms[i].GetTensorDataAsSpan<float>()[0] / _graph.Batch;
        return _means;
    }

    // Also called by another thread, when the process is told to end.
    public void Read(TrainingState state)
    {
        lock (_whole)
        {
            FlatState own = State;
            own.Weights.CopyTo(state.Weights);
            own.FirstMoment.CopyTo(state.FirstMoment);
            own.SecondMoment.CopyTo(state.SecondMoment);
            own.Average.CopyTo(state.Average);
        }
    }

    public void Dispose()
    {
        _buffers.Dispose();
        _run.Dispose();
        foreach (Stage stage in _stages) stage.Session.Dispose();
        _evaluation.Dispose();
    }

    private FlatState State => new()
    {
        Weights = Input<float>(_graph.Weights),
        FirstMoment = _firstMoment,
        SecondMoment = _secondMoment,
        Average = _average.GetTensorMutableDataAsSpan<float>(),
    };

    private Stage Prepare(TrainingStage stage, OrtEngine engine)
    {
        InferenceSession session = engine.Open(OnnxWriter.WriteTrainable(_graph.Graph, _graph.Weights, stage.Inputs, [.. stage.Outputs.Select(value => (value, value.Name))]));
        OrtIoBinding binding = _buffers.Bind(session);
        BoundInput[] inputs = [.. stage.Inputs.Select(value => new BoundInput(value.Name, Memory(value)))];
        BindInputs(binding, inputs);
        foreach (Value value in stage.Outputs) binding.BindOutput(value.Name, Memory(value));
        return new Stage(session, binding, inputs, [.. stage.Averaged.Select(Memory)]);
    }

    private OrtValue Memory(Value value) => _memory.TryGetValue(value, out OrtValue? memory) ? memory : _memory[value] = _buffers.Allocate(value);

    private static void BindInputs(OrtIoBinding binding, BoundInput[] inputs)
    {
        foreach (BoundInput input in inputs) binding.BindInput(input.Name, input.Memory);
    }

    private sealed record Stage(InferenceSession Session, OrtIoBinding Binding, BoundInput[] Inputs, OrtValue[] Averaged);

    private readonly record struct BoundInput(string Name, OrtValue Memory);
}
