namespace VaeContent.Internal
{
    /// <summary>The engines beside the one in C#.</summary>
    internal static class Engines
    {
        internal const string WhereOnnxRuntimeIs =
            "it comes with the NuGet package VaeContent.OnnxRuntime, in Unity with com.github.asus4.onnxruntime";

        /// <summary>Null where its assembly is not part of the program.</summary>
        internal static Engine? OnnxRuntime { get; set; } = new OnnxRuntimeEngine();
    }
}
