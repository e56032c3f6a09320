using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Microsoft.ML.OnnxRuntime;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>
/// A training graph in ONNX Runtime. Weights and moments exist twice: a step reads one set and writes the other, and two bindings take
/// turns, since an output may never overwrite an input that a later node still reads. Where processes share a batch, a step has several
/// stages, and its numbers are averaged between them.
/// </summary>
internal sealed class OrtTrainingSession : ITrainingSession
{
    private readonly TrainingGraph _graph;
    private readonly IProcessGroup? _group;
    private readonly Stage[] _stages;
    private readonly InferenceSession _evaluation;
    private readonly RunOptions _run = new();
    private readonly OrtBuffers _buffers = new();
    private readonly OrtIoBinding[] _evaluate = new OrtIoBinding[2];
    private readonly OrtValue[][] _state = new OrtValue[2][];
    private readonly Dictionary<Value, OrtValue> _memory = [];
    private readonly OrtValue[] _terms;
    private readonly float[] _means;
    private readonly BoundInput[][] _evaluateInputs = new BoundInput[2][];
    private readonly bool _rebinds;
    private readonly Lock _whole = new();
    private int _current;

    /// <summary>Prepares a graph; with a group, for a step that all its processes take together.</summary>
    public OrtTrainingSession(TrainingGraph graph, TrainingState state, OrtEngine engine, IProcessGroup? group = null)
    {
        _graph = graph;
        _group = group;
        _rebinds = engine.CopiesInputs;
        string[] termNames = [.. graph.Terms.Select((_, i) => $"term_{i}")];
        _evaluation = engine.Open(OnnxWriter.WriteTrainable(graph.Graph, graph.Weights, [.. graph.Data, graph.Weights], [.. graph.Terms.Zip(termNames)]));

        // Allocate once.
        for (int i = 0; i < 2; i++) _state[i] = [.. graph.State.Select(_buffers.Allocate)];
        float[][] initial = [state.Weights, state.FirstMoment, state.SecondMoment, state.Average];
        for (int i = 0; i < initial.Length; i++) initial[i].CopyTo(_state[0][i].GetTensorMutableDataAsSpan<float>());
        _terms = [.. graph.Terms.Select(_buffers.Allocate)];
        _means = new float[_terms.Length];

        // Bind once: set i in, set 1 - i out.
        _stages = [.. (group is null ? TrainingStage.Alone(graph) : TrainingStage.Shared(graph)).Select(stage => Prepare(stage, engine))];
        foreach (Value value in graph.Data) Memory(value);
        for (int i = 0; i < 2; i++)
        {
            OrtIoBinding evaluate = _evaluate[i] = _buffers.Bind(_evaluation);
            _evaluateInputs[i] = [.. graph.Data.Select(value => new BoundInput(value.Name, _memory[value])), new BoundInput(graph.Weights.Name, _state[i][^1])];
            BindInputs(evaluate, _evaluateInputs[i]);
            for (int k = 0; k < _terms.Length; k++) evaluate.BindOutput(termNames[k], _terms[k]);
        }
    }

    public TimeSpan TimeInRuntime { get; private set; }

    public Span<T> Input<T>(Value input) where T : unmanaged => _memory[input].GetTensorMutableDataAsSpan<T>();

    public ReadOnlySpan<float> Step(in StepSettings settings)
    {
        Set(_graph.StepSize, (float)(settings.LearningRate / (1.0 - Math.Pow(TrainingGraph.Beta1, settings.Step))));
        Set(_graph.MomentCorrection, (float)(1.0 / (1.0 - Math.Pow(TrainingGraph.Beta2, settings.Step))));
        Set(_graph.AverageRate, 1f - settings.AverageDecay);
        for (int i = 0; i < _stages.Length - 1; i++)
        {
            Run(_stages[i]);
            foreach (OrtValue value in _stages[i].Averaged) _group!.Average(value.GetTensorMutableDataAsSpan<float>());
        }
        lock (_whole)
        {
            Run(_stages[^1]);
            _current = 1 - _current;
        }
        return _memory[_graph.Report].GetTensorDataAsSpan<float>();
    }

    public ReadOnlySpan<float> Evaluate()
    {
        if (_rebinds) BindInputs(_evaluate[_current], _evaluateInputs[_current]);
        _evaluation.RunWithBinding(_run, _evaluate[_current]);
        for (int i = 0; i < _means.Length; i++) _means[i] = _terms[i].GetTensorDataAsSpan<float>()[0] / _graph.Batch;
        return _means;
    }

    // Also called by another thread, when the process is told to end.
    public void Read(TrainingState state)
    {
        float[][] destinations = [state.Weights, state.FirstMoment, state.SecondMoment, state.Average];
        lock (_whole)
        {
            for (int i = 0; i < destinations.Length; i++)
                _state[_current][i].GetTensorDataAsSpan<float>().CopyTo(destinations[i]);
        }
    }

    public void Dispose()
    {
        _buffers.Dispose();
        _run.Dispose();
        foreach (Stage stage in _stages) stage.Session.Dispose();
        _evaluation.Dispose();
    }

    private Stage Prepare(TrainingStage stage, OrtEngine engine)
    {
        // A state of the same shapes comes in and goes out: the outgoing one needs names of its own.
        Value[] state = _graph.State, next = _graph.NextState;
        string Name(Value output) => Array.IndexOf(next, output) is >= 0 and var k ? $"{state[k].Name}_next" : output.Name;
        InferenceSession session = engine.Open(OnnxWriter.WriteTrainable(_graph.Graph, _graph.Weights, stage.Inputs, [.. stage.Outputs.Select(value => (value, Name(value)))]));
        var bindings = new OrtIoBinding[2];
        var inputs = new BoundInput[2][];
        for (int i = 0; i < 2; i++)
        {
            bindings[i] = _buffers.Bind(session);
            inputs[i] = [.. stage.Inputs.Select(value => new BoundInput(value.Name, Array.IndexOf(state, value) is >= 0 and var k ? _state[i][k] : Memory(value)))];
            BindInputs(bindings[i], inputs[i]);
            foreach (Value value in stage.Outputs)
                bindings[i].BindOutput(Name(value), Array.IndexOf(next, value) is >= 0 and var k ? _state[1 - i][k] : Memory(value));
        }
        return new Stage(session, bindings, inputs, [.. stage.Averaged.Select(Memory)]);
    }

    private OrtValue Memory(Value value) => _memory.TryGetValue(value, out OrtValue? memory) ? memory : _memory[value] = _buffers.Allocate(value);

    private void Run(Stage stage)
    {
        long started = Stopwatch.GetTimestamp();
        if (_rebinds) BindInputs(stage.Bindings[_current], stage.Inputs[_current]);
        stage.Session.RunWithBinding(_run, stage.Bindings[_current]);
        TimeInRuntime += Stopwatch.GetElapsedTime(started);
    }

    private static void BindInputs(OrtIoBinding binding, BoundInput[] inputs)
    {
        foreach (BoundInput input in inputs) binding.BindInput(input.Name, input.Memory);
    }

    private void Set(Value scalar, float value) => Input<float>(scalar)[0] = value;

    private sealed record Stage(InferenceSession Session, OrtIoBinding[] Bindings, BoundInput[][] Inputs, OrtValue[] Averaged);

    private readonly record struct BoundInput(string Name, OrtValue Memory);
}
