using UnityEngine;
using UnityEngine.Scripting;

// Nothing refers to this assembly, and what nothing refers to is stripped from players.
[assembly: AlwaysLinkAssembly]

namespace VaeContent.Internal
{
    /// <summary>Tells players that the engine is there; elsewhere <see cref="Engines"/> finds it by its name.</summary>
    internal static class OnnxRuntimeRegistration
    {
        [RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.SubsystemRegistration)]
        private static void Register() => OnnxRuntimeEngine.Register();
    }
}
