using System;
using System.Collections.Generic;
using Microsoft.ML.OnnxRuntime;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>Runs graphs in ONNX Runtime: a training graph already holds its gradients and optimiser, so a step is one run of a session.</summary>
public sealed class OrtEngine : IEngine
{
    private readonly int _threads;
    private readonly IProcessGroup? _group;

    /// <summary>An engine on the CPU; 0 threads means all cores, or this process's share of them in a group that trains together.</summary>
    public OrtEngine(int threads = 0, IProcessGroup? group = null)
    {
        _threads = threads > 0 ? threads : group?.Threads ?? Environment.ProcessorCount;
        _group = group;
    }

    /// <inheritdoc/>
    public string Description => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}, CPU, {_threads} threads";

    /// <inheritdoc/>
    public ITrainingSession Start(TrainingGraph graph, TrainingState state) => new OrtTrainingSession(graph, state, Open, _group);

    /// <inheritdoc/>
    public IInference Infer(Graph graph, float[] weights, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs) =>
        new OrtInference(graph, weights, inputs, outputs, Open);

    private InferenceSession Open(byte[] model)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = _threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        return new InferenceSession(model, options);
    }
}
