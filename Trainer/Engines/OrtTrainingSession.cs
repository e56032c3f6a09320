using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>
/// A training graph in ONNX Runtime. Weights and moments exist twice: a step reads one set and writes the other, and two bindings take
/// turns, since an output may never overwrite an input that a later node still reads.
/// </summary>
internal sealed class OrtTrainingSession : ITrainingSession
{
    private readonly TrainingGraph _graph;
    private readonly InferenceSession _training;
    private readonly InferenceSession _evaluation;
    private readonly RunOptions _run = new();
    private readonly OrtBuffers _buffers = new();
    private readonly OrtIoBinding[] _step = new OrtIoBinding[2];
    private readonly OrtIoBinding[] _evaluate = new OrtIoBinding[2];
    private readonly OrtValue[][] _state = new OrtValue[2][];
    private readonly Dictionary<Value, OrtValue> _inputs = [];
    private readonly OrtValue _report;
    private readonly OrtValue[] _terms;
    private readonly float[] _means;
    private int _current;

    public OrtTrainingSession(TrainingGraph graph, TrainingState state, Func<byte[], InferenceSession> open)
    {
        _graph = graph;
        Value[] settings = [graph.StepSize, graph.MomentCorrection, graph.AverageRate];
        Value[] stateIn = [graph.Weights, graph.FirstMoment, graph.SecondMoment, graph.Average];
        Value[] stateOut = [graph.NextWeights, graph.NextFirstMoment, graph.NextSecondMoment, graph.NextAverage];
        string[] stateNames = ["w_next", "m_next", "v_next", "ema_next"];
        string[] termNames = [.. graph.Terms.Select((_, i) => $"term_{i}")];

        _training = open(OnnxWriter.WriteTrainable(graph.Graph, graph.Weights, [.. graph.Data, .. settings, .. stateIn],
            [.. stateOut.Zip(stateNames), (graph.Report, "report")]));
        _evaluation = open(OnnxWriter.WriteTrainable(graph.Graph, graph.Weights, [.. graph.Data, graph.Weights], [.. graph.Terms.Zip(termNames)]));

        // Allocate once.
        foreach (Value value in graph.Data.Concat(settings)) _inputs[value] = _buffers.Allocate(value);
        _report = _buffers.Allocate(graph.Report);
        _terms = [.. graph.Terms.Select(_buffers.Allocate)];
        _means = new float[_terms.Length];
        for (int i = 0; i < 2; i++) _state[i] = [.. stateIn.Select(_buffers.Allocate)];
        float[][] initial = [state.Weights, state.FirstMoment, state.SecondMoment, state.Average];
        for (int i = 0; i < initial.Length; i++) initial[i].CopyTo(_state[0][i].GetTensorMutableDataAsSpan<float>());

        // Bind once: set i in, set 1 - i out.
        for (int i = 0; i < 2; i++)
        {
            OrtIoBinding step = _step[i] = _buffers.Bind(_training);
            foreach (var (value, memory) in _inputs) step.BindInput(value.Name, memory);
            for (int k = 0; k < stateIn.Length; k++)
            {
                step.BindInput(stateIn[k].Name, _state[i][k]);
                step.BindOutput(stateNames[k], _state[1 - i][k]);
            }
            step.BindOutput("report", _report);

            OrtIoBinding evaluate = _evaluate[i] = _buffers.Bind(_evaluation);
            foreach (Value value in graph.Data) evaluate.BindInput(value.Name, _inputs[value]);
            evaluate.BindInput(graph.Weights.Name, _state[i][^1]);
            for (int k = 0; k < _terms.Length; k++) evaluate.BindOutput(termNames[k], _terms[k]);
        }
    }

    public TimeSpan TimeInRuntime { get; private set; }

    public Span<T> Input<T>(Value input) where T : unmanaged => _inputs[input].GetTensorMutableDataAsSpan<T>();

    public ReadOnlySpan<float> Step(in StepSettings settings)
    {
        Set(_graph.StepSize, (float)(settings.LearningRate / (1.0 - Math.Pow(TrainingGraph.Beta1, settings.Step))));
        Set(_graph.MomentCorrection, (float)(1.0 / (1.0 - Math.Pow(TrainingGraph.Beta2, settings.Step))));
        Set(_graph.AverageRate, 1f - settings.AverageDecay);
        long started = Stopwatch.GetTimestamp();
        _training.RunWithBinding(_run, _step[_current]);
        TimeInRuntime += Stopwatch.GetElapsedTime(started);
        _current = 1 - _current;
        return _report.GetTensorDataAsSpan<float>();
    }

    public ReadOnlySpan<float> Evaluate()
    {
        _evaluation.RunWithBinding(_run, _evaluate[_current]);
        for (int i = 0; i < _means.Length; i++) _means[i] = _terms[i].GetTensorDataAsSpan<float>()[0] / _graph.Batch;
        return _means;
    }

    public void Read(TrainingState state)
    {
        float[][] destinations = [state.Weights, state.FirstMoment, state.SecondMoment, state.Average];
        for (int i = 0; i < destinations.Length; i++)
            _state[_current][i].GetTensorDataAsSpan<float>().CopyTo(destinations[i]);
    }

    public void Dispose()
    {
        _buffers.Dispose();
        _run.Dispose();
        _training.Dispose();
        _evaluation.Dispose();
    }

    private void Set(Value scalar, float value) => Input<float>(scalar)[0] = value;
}
