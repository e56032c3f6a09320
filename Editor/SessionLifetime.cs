using UnityEditor;
using VaeContent.Unity;

namespace VaeContent.Editor
{
    /// <summary>
    /// Frees native sessions before what would orphan them: an assembly reload, leaving Play mode, quitting. A session that outlives its
    /// domain is what crashes an Editor when Play mode is entered again.
    /// </summary>
    [InitializeOnLoad]
    internal static class SessionLifetime
    {
        static SessionLifetime()
        {
            AssemblyReloadEvents.beforeAssemblyReload += SharedGenerators.DisposeAll;
            EditorApplication.quitting += SharedGenerators.DisposeAll;
            EditorApplication.playModeStateChanged += change =>
            {
                if (change == PlayModeStateChange.ExitingPlayMode || change == PlayModeStateChange.ExitingEditMode) SharedGenerators.DisposeAll();
            };
        }
    }
}
