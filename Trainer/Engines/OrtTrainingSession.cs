using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>
/// A training graph in ONNX Runtime. Weights and moments exist twice: a step reads one set and writes the other, and two bindings take
/// turns, since an output may never overwrite an input that a later node still reads.
/// </summary>
internal sealed class OrtTrainingSession : ITrainingSession
{
    private readonly InferenceSession _training;
    private readonly InferenceSession _evaluation;
    private readonly RunOptions _run = new();
    private readonly List<IDisposable> _owned = [];
    private readonly OrtIoBinding[] _step = new OrtIoBinding[2];
    private readonly OrtIoBinding[] _evaluate = new OrtIoBinding[2];
    private readonly OrtValue[][] _state = new OrtValue[2][];
    private readonly OrtValue _sprites, _noise, _beta, _stepSize, _momentCorrection, _averageRate, _losses;
    private readonly OrtValue? _indices, _label;
    private int _current;

    public OrtTrainingSession(TrainingGraph graph, TrainingState state, Func<byte[], InferenceSession> open)
    {
        VaeGraph vae = graph.Vae;
        Value[] data = [.. new[] { vae.Sprites, vae.Indices, vae.Label, vae.Noise }.OfType<Value>()];
        Value[] settings = [vae.Beta, graph.StepSize, graph.MomentCorrection, graph.AverageRate];
        Value[] stateIn = [graph.Weights, graph.FirstMoment, graph.SecondMoment, graph.Average];
        Value[] stateOut = [graph.NextWeights, graph.NextFirstMoment, graph.NextSecondMoment, graph.NextAverage];
        string[] stateNames = ["w_next", "m_next", "v_next", "ema_next"];

        _training = open(OnnxWriter.WriteTrainable(vae.Graph, graph.Weights, [.. data, .. settings, .. stateIn],
            [.. stateOut.Zip(stateNames), (graph.Losses, "losses")]));
        _evaluation = open(OnnxWriter.WriteTrainable(vae.Graph, graph.Weights, [.. data, graph.Weights],
            [(vae.Reconstruction, "reconstruction"), (vae.Kl, "kl")]));

        // Allocate once.
        var values = new Dictionary<Value, OrtValue>();
        foreach (Value value in data.Concat(settings)) values[value] = Allocate(value);
        _sprites = values[vae.Sprites];
        _indices = vae.Indices is null ? null : values[vae.Indices];
        _label = vae.Label is null ? null : values[vae.Label];
        _noise = values[vae.Noise];
        _beta = values[vae.Beta];
        _stepSize = values[graph.StepSize];
        _momentCorrection = values[graph.MomentCorrection];
        _averageRate = values[graph.AverageRate];
        _losses = Allocate(graph.Losses);
        Reconstruction = Allocate(vae.Reconstruction);
        Kl = Allocate(vae.Kl);
        for (int i = 0; i < 2; i++) _state[i] = [.. stateIn.Select(Allocate)];
        float[][] initial = [state.Weights, state.FirstMoment, state.SecondMoment, state.Average];
        for (int i = 0; i < initial.Length; i++) initial[i].CopyTo(_state[0][i].GetTensorMutableDataAsSpan<float>());

        // Bind once: set i in, set 1 - i out.
        for (int i = 0; i < 2; i++)
        {
            OrtIoBinding step = _step[i] = _training.CreateIoBinding();
            foreach (var (value, memory) in values) step.BindInput(value.Name, memory);
            for (int k = 0; k < stateIn.Length; k++)
            {
                step.BindInput(stateIn[k].Name, _state[i][k]);
                step.BindOutput(stateNames[k], _state[1 - i][k]);
            }
            step.BindOutput("losses", _losses);

            OrtIoBinding evaluate = _evaluate[i] = _evaluation.CreateIoBinding();
            foreach (Value value in data) evaluate.BindInput(value.Name, values[value]);
            evaluate.BindInput(graph.Weights.Name, _state[i][^1]);
            evaluate.BindOutput("reconstruction", Reconstruction);
            evaluate.BindOutput("kl", Kl);
        }
    }

    private OrtValue Reconstruction { get; }

    private OrtValue Kl { get; }

    public Span<byte> Sprites => _sprites.GetTensorMutableDataAsSpan<byte>();

    public Span<byte> Indices => _indices is null ? [] : _indices.GetTensorMutableDataAsSpan<byte>();

    public Span<float> Label => _label is null ? [] : _label.GetTensorMutableDataAsSpan<float>();

    public Span<float> Noise => _noise.GetTensorMutableDataAsSpan<float>();

    /// <summary>Time spent inside ONNX Runtime by all steps so far.</summary>
    public TimeSpan TimeInRuntime { get; private set; }

    public Losses Step(in StepSettings settings)
    {
        Set(_beta, settings.Beta);
        Set(_stepSize, (float)(settings.LearningRate / (1.0 - Math.Pow(TrainingGraph.Beta1, settings.Step))));
        Set(_momentCorrection, (float)(1.0 / (1.0 - Math.Pow(TrainingGraph.Beta2, settings.Step))));
        Set(_averageRate, 1f - settings.AverageDecay);
        long started = Stopwatch.GetTimestamp();
        _training.RunWithBinding(_run, _step[_current]);
        TimeInRuntime += Stopwatch.GetElapsedTime(started);
        _current = 1 - _current;
        Span<float> losses = _losses.GetTensorMutableDataAsSpan<float>();
        return new Losses(losses[0], losses[1], losses[2]);
    }

    public Losses Evaluate()
    {
        _evaluation.RunWithBinding(_run, _evaluate[_current]);
        float batch = _noise.GetTensorTypeAndShape().Shape[0];
        return new Losses(Get(Reconstruction) / batch, Get(Kl) / batch, 0f);
    }

    public void Read(TrainingState state)
    {
        float[][] destinations = [state.Weights, state.FirstMoment, state.SecondMoment, state.Average];
        for (int i = 0; i < destinations.Length; i++)
            _state[_current][i].GetTensorDataAsSpan<float>().CopyTo(destinations[i]);
    }

    public void Dispose()
    {
        // A binding that still holds a tensor of a disposed allocator crashes when it is released.
        foreach (OrtIoBinding binding in _step.Concat(_evaluate))
        {
            binding.ClearBoundInputs();
            binding.ClearBoundOutputs();
            binding.Dispose();
        }
        foreach (IDisposable memory in _owned) memory.Dispose();
        _run.Dispose();
        _training.Dispose();
        _evaluation.Dispose();
    }

    private OrtValue Allocate(Value value)
    {
        var memory = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance,
            value.Type == ElementType.UInt8 ? TensorElementType.UInt8 : TensorElementType.Float, [.. value.Shape.Select(d => (long)d)]);
        _owned.Add(memory);
        return memory;
    }

    private static void Set(OrtValue scalar, float value) => scalar.GetTensorMutableDataAsSpan<float>()[0] = value;

    private static float Get(OrtValue scalar) => scalar.GetTensorDataAsSpan<float>()[0];
}
