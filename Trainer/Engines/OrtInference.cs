using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>A part of a graph with fixed weights in ONNX Runtime.</summary>
internal sealed class OrtInference : IInference
{
    private readonly InferenceSession _session;
    private readonly OrtBuffers _buffers = new();
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _run = new();
    private readonly Dictionary<Value, OrtValue> _memory = [];
    private readonly (string Name, OrtValue Memory)[] _inputs;
    private readonly bool _rebinds;

    public OrtInference(Graph graph, float[] weights, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs, OrtEngine engine)
    {
        (Value, string)[] named = [.. outputs.Select((value, i) => (value, $"output_{i}"))];
        _session = engine.Open(OnnxWriter.WriteFrozen(graph, weights, [.. inputs.Select(value => (value, value.Name))], named, new Dictionary<string, string>()));
        _binding = _buffers.Bind(_session);
        foreach (Value input in inputs) _memory[input] = _buffers.Allocate(input);
        _inputs = [.. inputs.Select(input => (input.Name, _memory[input]))];
        _rebinds = engine.CopiesInputs;
        foreach (var (name, memory) in _inputs) _binding.BindInput(name, memory);
        foreach (var (output, name) in named) _binding.BindOutput(name, _memory[output] = _buffers.Allocate(output));
    }

    public Span<T> Input<T>(Value input) where T : unmanaged => _memory[input].GetTensorMutableDataAsSpan<T>();

    public void Run()
    {
        if (_rebinds) foreach (var (name, memory) in _inputs) _binding.BindInput(name, memory);
        _session.RunWithBinding(_run, _binding);
    }

    public ReadOnlySpan<T> Output<T>(Value output) where T : unmanaged => _memory[output].GetTensorDataAsSpan<T>();

    public void Dispose()
    {
        _buffers.Dispose();
        _run.Dispose();
        _session.Dispose();
    }
}
