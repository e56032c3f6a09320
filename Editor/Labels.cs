using UnityEditor;
using VaeContent.Unity;

namespace VaeContent.Editor
{
    /// <summary>A choice of a bundle's labels, with "any" in front.</summary>
    internal static class Labels
    {
        /// <summary>Draws the choice, or nothing for a bundle without labels; 0 is "any".</summary>
        internal static int Popup(VaeBundleAsset asset, int chosen)
        {
            if (asset.Labels.Count == 0) return 0;
            var names = new string[asset.Labels.Count + 1];
            names[0] = "any";
            for (int i = 0; i < asset.Labels.Count; i++) names[i + 1] = asset.Labels[i];
            return EditorGUILayout.Popup("Label", chosen < names.Length ? chosen : 0, names);
        }

        /// <summary>The label as a generator takes it: null for "any".</summary>
        internal static string? Name(VaeBundleAsset asset, int chosen) => chosen > 0 && chosen <= asset.Labels.Count
            ? asset.Labels[chosen - 1] : null;
    }
}
