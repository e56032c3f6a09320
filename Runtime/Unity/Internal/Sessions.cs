using System.Collections.Generic;
using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>
    /// What holds native memory or a thread at the moment. None of it may outlive a domain or Play mode, disposed by its owner or
    /// not: the Editor calls <see cref="StopAll"/> before both. Main thread only.
    /// </summary>
    internal static class Sessions
    {
        private static readonly List<ISession> Running = new List<ISession>();

        /// <summary>Counts a session in.</summary>
        internal static void Add(ISession session) => Running.Add(session);

        /// <summary>Counts it out; its owner has stopped it.</summary>
        internal static void Remove(ISession session) => Running.Remove(session);

        /// <summary>Frees everything now; what is still in use starts again.</summary>
        internal static void StopAll()
        {
            foreach (var session in Running) session.Stop();
        }

        // Statics outlive Play mode where domain reload is off.
        [RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.SubsystemRegistration)]
        private static void StartAfresh() => StopAll();
    }
}
