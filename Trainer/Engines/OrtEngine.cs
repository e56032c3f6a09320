using System;
using System.Collections.Generic;
using Microsoft.ML.OnnxRuntime;
using VaeContent.Internal;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>Runs graphs in ONNX Runtime: a training graph already holds its gradients and optimiser, so a step is one run of a session.</summary>
public sealed class OrtEngine : IEngine
{
    private readonly int _threads;
    private readonly ComputeDevice _device;
    private readonly IProcessGroup? _group;

    /// <summary>An engine on the CPU; 0 threads means all cores, or this process's share of them in a group that trains together.</summary>
    public OrtEngine(int threads = 0, IProcessGroup? group = null)
        : this(ComputeDevice.Cpu, threads, group)
    {
    }

    internal OrtEngine(ComputeDevice device, int threads = 0, IProcessGroup? group = null)
    {
        _device = device;
        _threads = threads > 0 ? threads : group?.Threads ?? Environment.ProcessorCount;
        _group = group;
    }

    /// <inheritdoc/>
    public string Description => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}, {_device.Name}, {_threads} threads";

    /// <inheritdoc/>
    public bool HasAdversary => true;

    /// <inheritdoc/>
    public int Threads => _threads;

    /// <summary>What is done to each model before it is opened.</summary>
    internal Func<byte[], byte[]>? Prepare { get; init; }

    // The CPU reads its inputs where they lie. Others are given copies, made whenever an input is bound and not again.
    internal bool CopiesInputs => _device.Kind != Device.Cpu;

    /// <inheritdoc/>
    public int LanesFor(int batch) => _device.Kind == Device.Cpu && _group is null ? LaneGroup.Fitting(batch, _threads) : 1;

    /// <inheritdoc/>
    public IEngine InLane(IProcessGroup lane) => new OrtEngine(lane.Threads, lane);

    /// <inheritdoc/>
    public ITrainingSession Start(TrainingGraph graph, TrainingState state) => new OrtTrainingSession(graph, state, this, _group);

    /// <inheritdoc/>
    public IInference Infer(Graph graph, float[] weights, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs) =>
        new OrtInference(graph, weights, inputs, outputs, this);

    /// <summary>Runs one node, so that a device that cannot be had fails here with what ONNX Runtime and the loader throw.</summary>
    internal void Probe()
    {
        var graph = new Graph();
        Value x = graph.Input("x", ElementType.Float, 4);
        using IInference inference = Infer(graph, [], [x], [graph.Neg(x)]);
        inference.Run();
    }

    internal InferenceSession Open(byte[] model)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = _threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _device.Configure(options, index: 0);
        return new InferenceSession(Prepare?.Invoke(model) ?? model, options);
    }
}
