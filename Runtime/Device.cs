namespace VaeContent
{
    /// <summary>
    /// What a generator computes on. All except Managed need a build of ONNX Runtime that offers the device. A device asked for
    /// by name that is not available is an error; there is no silent replacement.
    /// </summary>
    public enum Device
    {
        /// <summary>
        /// The best device that the loaded ONNX Runtime offers and that starts, otherwise its CPU, otherwise Managed;
        /// <see cref="SpriteGenerator.DeviceReport"/> says which and why.
        /// </summary>
        Auto = 0,

        /// <summary>The CPU, on every platform.</summary>
        Cpu = 1,

        /// <summary>A GPU of any vendor through DirectML, on Windows.</summary>
        DirectML = 2,

        /// <summary>A GPU of any vendor through WebGPU (Direct3D 12, Vulkan or Metal).</summary>
        WebGpu = 3,

        /// <summary>An NVIDIA GPU through CUDA.</summary>
        Cuda = 4,

        /// <summary>An Apple GPU or neural engine through Core ML.</summary>
        CoreML = 5,

        /// <summary>
        /// VaeContent itself, in C# on the calling thread. Runs wherever C# runs, without ONNX Runtime.
        /// </summary>
        Managed = 6,
    }
}
