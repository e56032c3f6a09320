using System.Collections.Generic;
using Microsoft.ML.OnnxRuntime;

namespace VaeContent.Trainer.Engines;

/// <summary>ONNX Runtime, which is always there.</summary>
public sealed class OrtEngineKind : IEngineKind
{
    /// <inheritdoc/>
    public string Name => "ort";

    /// <inheritdoc/>
    public string Library => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}";

    /// <inheritdoc/>
    public IReadOnlyList<string> Devices => ["cpu"];

    /// <inheritdoc/>
    public string? Note => null;

    /// <inheritdoc/>
    public IEngine Open(string device, int threads) => device is "auto" or "cpu" ? new OrtEngine(threads)
        : throw new UserError($"there is no training device '{device}'. The devices are: auto, cpu.");
}
