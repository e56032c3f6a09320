namespace VaeContent.Unity
{
    /// <summary>Something that holds native memory or a thread, and can give both back at any time.</summary>
    internal interface ISession
    {
        /// <summary>Frees it now; the next use starts it again. Calling it again does nothing.</summary>
        void Stop();
    }
}
