// Said when the game is compiled for such a platform, and again by the exception below when it runs there.
#if UNITY_WEBGL && !UNITY_EDITOR
#warning VaeContent: ONNX Runtime has no WebGL library, so generators throw. Bake sprites in the Latent Explorer and ship those.
#elif (UNITY_PS4 || UNITY_PS5 || UNITY_GAMECORE || UNITY_XBOXONE || UNITY_SWITCH || UNITY_TVOS || UNITY_VISIONOS) && !UNITY_EDITOR
#warning VaeContent: ONNX Runtime's package has no library for this platform, so generators throw unless you add one.
#elif (UNITY_ANDROID || UNITY_IOS) && !UNITY_EDITOR
#warning VaeContent: not tested on this platform, for which ONNX Runtime's package has a library; it computes on the CPU.
#endif

namespace VaeContent.Unity
{
    /// <summary>Where generators can run.</summary>
    internal static class Platform
    {
        /// <summary>Throws, with advice, where ONNX Runtime has no native library.</summary>
        internal static void Check()
        {
#if UNITY_WEBGL && !UNITY_EDITOR
            throw new System.PlatformNotSupportedException(
                "VaeContent cannot generate on WebGL: ONNX Runtime's Unity package has no library for it. Bake sprites in the "
                + "Editor "
                + "(Window > VaeContent > Latent Explorer) and ship those.");
#endif
        }
    }
}
