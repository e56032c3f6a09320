using UnityEditor;
using VaeContent.Unity;

namespace VaeContent.Editor
{
    /// <summary>
    /// Frees native sessions and their threads before what would orphan them: an assembly reload, leaving Play mode, quitting. A
    /// session that outlives its domain is what crashes an Editor when Play mode is entered again.
    /// </summary>
    [InitializeOnLoad]
    internal static class SessionLifetime
    {
        static SessionLifetime()
        {
            AssemblyReloadEvents.beforeAssemblyReload += Sessions.StopAll;
            EditorApplication.quitting += Sessions.StopAll;
            EditorApplication.playModeStateChanged += change =>
            {
                if (change == PlayModeStateChange.ExitingPlayMode || change == PlayModeStateChange.ExitingEditMode)
                    Sessions.StopAll();
            };
        }
    }
}
