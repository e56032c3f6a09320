using System;
using System.Collections.Generic;
using Microsoft.ML.OnnxRuntime;

namespace VaeContent.Internal
{
    /// <summary>One of ONNX Runtime's execution providers: how it is called, and what a session needs to run on it.</summary>
    internal sealed class OnnxRuntimeDevice : ComputeDevice
    {
        internal static readonly OnnxRuntimeDevice Cpu =
            new OnnxRuntimeDevice(Device.Cpu, "CPU", "CPUExecutionProvider", "", true, (_, __) => { });

        /// <summary>The best first. No platform is asked for: a native library offers only what its platform has.</summary>
        internal static readonly IReadOnlyList<OnnxRuntimeDevice> Accelerators = new[]
        {
            new OnnxRuntimeDevice(Device.DirectML, "DirectML", "DmlExecutionProvider",
                "It comes with the package com.vaecontent.directml, on Windows.", true, DirectML),
            new OnnxRuntimeDevice(Device.CoreML, "CoreML", "CoreMLExecutionProvider",
                "Builds of ONNX Runtime for macOS and iOS have it.", false,
                (settings, _) => settings.AppendExecutionProvider("CoreML")),
            new OnnxRuntimeDevice(Device.Cuda, "CUDA", "CUDAExecutionProvider", "GPU builds of ONNX Runtime have it.", true,
                (settings, index) => settings.AppendExecutionProvider_CUDA(index)),
            new OnnxRuntimeDevice(Device.WebGpu, "WebGPU", "WebGpuExecutionProvider",
                "Builds of ONNX Runtime with WebGPU have it.", false, WebGpu),
        };

        private readonly Action<SessionOptions, int> _append;

        internal OnnxRuntimeDevice(Device kind, string name, string provider, string source, bool takesIndex,
            Action<SessionOptions, int> append) : base(kind, name, source, takesIndex)
        {
            Provider = provider;
            _append = append;
        }

        /// <summary>As ONNX Runtime lists it.</summary>
        internal string Provider { get; }

        internal override bool IsOffered =>
            Array.IndexOf(OnnxRuntimeSession.Environment().GetAvailableProviders(), Provider) >= 0;

        internal override string Describe(GeneratorOptions options)
        {
            string index = Kind != Device.Cpu && TakesIndex ? " device " + options.DeviceIndex : "";
            string threads = Kind == Device.Cpu ? ", " + options.Threads + (options.Threads == 1 ? " thread" : " threads") : "";
            string library = Kind == Device.DirectML ? DirectMLLibrary.Describe() : "";
            string version = OnnxRuntimeSession.Environment().GetVersionString();
            return Name + index + " (ONNX Runtime " + version + library + threads + ")";
        }

        internal override ModelSession Start(byte[] model, GeneratorOptions options) =>
            new OnnxRuntimeSession(model, options, this);

        /// <summary>Makes a session run here. Throws what ONNX Runtime and the loader throw where it cannot.</summary>
        internal void Configure(SessionOptions settings, int index) => _append(settings, index);

        private static void DirectML(SessionOptions settings, int index)
        {
            DirectMLLibrary.Load();
            settings.EnableMemoryPattern = false; // DirectML supports neither this nor parallel execution
            settings.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
            settings.AppendExecutionProvider_DML(index);
        }

        private static void WebGpu(SessionOptions settings, int index) =>
            settings.AppendExecutionProvider("WebGPU", new Dictionary<string, string>
            {
                ["preserveDevice"] = "1", // else the device goes with the last session, and a session made later crashes
                                          // The other one, its default, gives other numbers in encoders: half of mu's length in
                                          // ONNX Runtime 1.30.
                ["preferredLayout"] = "NCHW",
            });
    }
}
