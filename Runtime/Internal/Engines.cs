using System;
using System.Runtime.CompilerServices;

namespace VaeContent.Internal
{
    /// <summary>The engines beside the one in C#.</summary>
    internal static class Engines
    {
        internal const string WhereOnnxRuntimeIs =
            "it comes with the NuGet package VaeContent.OnnxRuntime, in Unity with com.github.asus4.onnxruntime";

        // A constant, so that trimming a program keeps the type where it is part of it.
        private const string OnnxRuntimeType = "VaeContent.Internal.OnnxRuntimeEngine, VaeContent.OnnxRuntime";

        private static Engine? _onnxRuntime;
        private static bool _isKnown;

        /// <summary>Null where its assembly is not part of the program.</summary>
        internal static Engine? OnnxRuntime
        {
            get
            {
                if (!_isKnown)
                {
                    var type = Type.GetType(OnnxRuntimeType, throwOnError: false);
                    if (type != null) RuntimeHelpers.RunClassConstructor(type.TypeHandle);
                    _isKnown = true;
                }

                return _onnxRuntime;
            }

            set
            {
                _onnxRuntime = value;
                _isKnown = true;
            }
        }
    }
}
