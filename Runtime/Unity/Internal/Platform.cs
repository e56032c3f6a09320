namespace VaeContent.Unity
{
    /// <summary>What a platform lacks.</summary>
    internal static class Platform
    {
        /// <summary>Whether a thread can be started: not in WebGL players.</summary>
#if UNITY_WEBGL && !UNITY_EDITOR
        internal const bool HasThreads = false;
#else
        internal const bool HasThreads = true;
#endif
    }
}
