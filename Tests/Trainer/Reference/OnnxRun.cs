using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Trainer.Reference;

/// <summary>An ONNX model run by ONNX Runtime on one thread, with doubles in and out.</summary>
internal static class OnnxRun
{
    /// <summary>Feeds <paramref name="inputs"/> by name and returns all outputs by name.</summary>
    public static Dictionary<string, Tensor> Run(byte[] model, IEnumerable<(string Name, ElementType Type, int[] Shape, double[] Data)> inputs)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(model, options);
        using var run = new RunOptions();
        var fed = inputs.ToDictionary(input => input.Name, input => ToOrt(input.Type, input.Shape, input.Data));
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, fed, session.OutputNames);
            return session.OutputNames.Zip(outputs).ToDictionary(pair => pair.First, pair => FromOrt(pair.Second));
        }
        finally
        {
            foreach (OrtValue value in fed.Values) value.Dispose();
        }
    }

    private static OrtValue ToOrt(ElementType type, int[] shape, double[] data)
    {
        long[] sides = Array.ConvertAll(shape, side => (long)side);
        return type switch
        {
            ElementType.Float => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(data, x => (float)x), sides),
            ElementType.UInt8 => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(data, x => (byte)x), sides),
            ElementType.Int64 => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(data, x => (long)x), sides),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no input has this type"),
        };
    }

    private static Tensor FromOrt(OrtValue value)
    {
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        double[] data = info.ElementDataType switch
        {
            TensorElementType.Float => Array.ConvertAll(value.GetTensorDataAsSpan<float>().ToArray(), x => (double)x),
            TensorElementType.UInt8 => Array.ConvertAll(value.GetTensorDataAsSpan<byte>().ToArray(), x => (double)x),
            TensorElementType.Int64 => Array.ConvertAll(value.GetTensorDataAsSpan<long>().ToArray(), x => (double)x),
            TensorElementType.Bool => Array.ConvertAll(value.GetTensorDataAsSpan<bool>().ToArray(), x => x ? 1.0 : 0.0),
            _ => throw new NotSupportedException($"output of {info.ElementDataType}"),
        };
        return new Tensor(Array.ConvertAll(info.Shape, side => (int)side), data);
    }
}
