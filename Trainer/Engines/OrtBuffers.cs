using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>Tensors in ONNX Runtime's memory, and the bindings that hold them: allocated once, released in the order that is safe.</summary>
internal sealed class OrtBuffers : IDisposable
{
    private readonly List<OrtValue> _values = [];
    private readonly List<OrtIoBinding> _bindings = [];

    public OrtValue Allocate(Value value)
    {
        var memory = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, value.Type switch
        {
            ElementType.UInt8 => TensorElementType.UInt8,
            ElementType.Int64 => TensorElementType.Int64,
            _ => TensorElementType.Float,
        }, [.. value.Shape.Select(d => (long)d)]);
        memory.GetTensorMutableRawData().Clear(); // it comes with whatever lay there
        _values.Add(memory);
        return memory;
    }

    public OrtIoBinding Bind(InferenceSession session)
    {
        OrtIoBinding binding = session.CreateIoBinding();
        _bindings.Add(binding);
        return binding;
    }

    public void Dispose()
    {
        // A binding that still holds a tensor of a disposed allocator crashes when it is released.
        foreach (OrtIoBinding binding in _bindings)
        {
            binding.ClearBoundInputs();
            binding.ClearBoundOutputs();
            binding.Dispose();
        }
        foreach (OrtValue value in _values) value.Dispose();
    }
}
