using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchSharp;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace VaeContent.Tests.Trainer.Export;

/// <summary>An ONNX model run by ONNX Runtime on one thread, with libtorch's tensors in and out.</summary>
internal static class OnnxRun
{
    /// <summary>Feeds tensors of floats or bytes by name and returns all outputs by name.</summary>
    public static Dictionary<string, Tensor> Run(byte[] model, params (string Name, Tensor Data)[] inputs)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR
        };
        using var session = new InferenceSession(model, options);
        using var run = new RunOptions();
        Dictionary<string, OrtValue> fed = inputs.ToDictionary(input => input.Name, input => ToOrt(input.Data));
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

    /// <summary>What a graph of one float input computes from a batch.</summary>
    public static Tensor Evaluate(Tensor x, Func<OnnxGraph, OnnxValue, OnnxValue> build)
    {
        var g = new OnnxGraph();
        g.Output(build(g, g.Input("x", ElementType.Float, [1, .. x.shape[1..].Select(side => (int)side)])), "y");
        return Run(g.ToBytes(), ("x", x))["y"];
    }

    /// <summary>The largest difference, relative to the largest of the expected numbers where that is more than 1.</summary>
    public static double Distance(Tensor found, Tensor expected)
    {
        using DisposeScope scope = NewDisposeScope();
        if (!found.shape.SequenceEqual(expected.shape)) return double.PositiveInfinity;
        return found.sub(expected).abs().max().item<float>() / Math.Max(1, expected.abs().max().item<float>());
    }

    private static OrtValue ToOrt(Tensor data) => data.dtype == ScalarType.Byte
        ? OrtValue.CreateTensorValueFromMemory(data.contiguous().data<byte>().ToArray(), data.shape)
        : OrtValue.CreateTensorValueFromMemory(data.ToArray(), data.shape);

    private static Tensor FromOrt(OrtValue value)
    {
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        return info.ElementDataType == TensorElementType.UInt8
            ? tensor(value.GetTensorDataAsSpan<byte>().ToArray()).reshape(info.Shape)
            : tensor(value.GetTensorDataAsSpan<float>().ToArray()).reshape(info.Shape);
    }
}
