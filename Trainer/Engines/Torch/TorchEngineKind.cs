using System;
using System.Collections.Generic;
using TorchSharp;

namespace VaeContent.Trainer.Engines.Torch;

/// <summary>TorchSharp: libtorch on the CPU, on NVIDIA cards where built with -p:TorchCuda=true, on Apple's GPUs.</summary>
public sealed class TorchEngineKind : IEngineKind
{
    /// <inheritdoc/>
    public string Name => "torch";

    /// <inheritdoc/>
    public string Library => $"TorchSharp {typeof(torch).Assembly.GetName().Version!.ToString(3)}" + (LibTorch.Problem is null ? $", libtorch {Version.Parse(torch.__version__).ToString(3)}" : "");

    /// <inheritdoc/>
    public IReadOnlyList<string> Devices => LibTorch.Problem is not null ? []
        : torch.cuda.is_available() ? ["cuda", "cpu"]
        : torch.mps_is_available() ? ["mps", "cpu"]
        : ["cpu"];

    /// <inheritdoc/>
    public string? Note => LibTorch.Problem;

    /// <inheritdoc/>
    public IEngine Open(string device, int threads)
    {
        LibTorch.Require();
        IReadOnlyList<string> devices = Devices;
        if (device != "auto" && !((IList<string>)devices).Contains(device))
        {
            throw new UserError($"the engine 'torch' has no device '{device}' here. The devices are: auto, {string.Join(", ", devices)}."
                + (device == "cuda" ? " NVIDIA cards need a build with -p:TorchCuda=true." : ""));
        }
        return new TorchEngine(device == "auto" ? devices[0] : device, threads);
    }
}
