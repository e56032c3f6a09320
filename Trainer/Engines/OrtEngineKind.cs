using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using VaeContent.Internal;

namespace VaeContent.Trainer.Engines;

/// <summary>ONNX Runtime, which is always there. Which devices it has depends on the build of its library that lies beside the program.</summary>
public sealed class OrtEngineKind : IEngineKind
{
    private const string Cpu = "cpu";

    /// <inheritdoc/>
    public string Name => "ort";

    /// <inheritdoc/>
    public string Library => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}";

    /// <inheritdoc/>
    public IReadOnlyList<string> Devices => [Cpu, .. Offered.Select(NameOf)];

    /// <inheritdoc/>
    public string? Note => Offered.Any() ? "auto is the CPU: whether another device is faster is for a measurement to say" : null;

    private static IEnumerable<ComputeDevice> Offered
    {
        get
        {
            string[] providers = OrtEnv.Instance().GetAvailableProviders();
            return ComputeDevice.Accelerators.Where(device => providers.Contains(device.Provider));
        }
    }

    /// <inheritdoc/>
    public IEngine Open(string device, int threads)
    {
        if (device is "auto" or Cpu) return new OrtEngine(threads);
        ComputeDevice? found = ComputeDevice.Accelerators.FirstOrDefault(known => NameOf(known) == device);
        if (found is null)
            throw new UserError($"there is no training device '{device}'. The devices are: auto, {string.Join(", ", Devices)}.");
        if (!Offered.Contains(found))
            throw new UserError($"cannot train on {found.Name}: the ONNX Runtime beside this program was built without it. {found.Source} What it has: {string.Join(", ", Devices)}.");
        var engine = new OrtEngine(found, threads);
        try
        {
            engine.Probe();
            return engine;
        }
        catch (Exception e) when (e is OnnxRuntimeException or NotSupportedException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw new UserError($"cannot train on {found.Name}: {Errors.Reason(e)}. Train with --device cpu.", e);
        }
    }

    private static string NameOf(ComputeDevice device) => device.Kind.ToString().ToLowerInvariant();
}
