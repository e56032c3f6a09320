using System.Collections.Generic;

namespace VaeContent.Internal
{
    /// <summary>ONNX Runtime as an engine, which registers itself when <see cref="Engines"/> looks for it by this name.</summary>
    internal sealed class OnnxRuntimeEngine : Engine
    {
        static OnnxRuntimeEngine() => Register();

        internal override IReadOnlyList<ComputeDevice> Accelerators => OnnxRuntimeDevice.Accelerators;

        internal override ComputeDevice Cpu => OnnxRuntimeDevice.Cpu;

        internal static void Register() => Engines.OnnxRuntime = new OnnxRuntimeEngine();

        internal override string Version() => OnnxRuntimeSession.Environment().GetVersionString();

        internal override string[] Offered() => OnnxRuntimeSession.Environment().GetAvailableProviders();
    }
}
