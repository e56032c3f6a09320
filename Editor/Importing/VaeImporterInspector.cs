using UnityEditor;
using UnityEditor.AssetImporters;
using VaeContent.Unity;

namespace VaeContent.Editor
{
    /// <summary>The importer's inspector: nothing to set, and the error if the file cannot be used.</summary>
    [CustomEditor(typeof(VaeImporter))]
    internal sealed class VaeImporterInspector : ScriptedImporterEditor
    {
        protected override bool needsApplyRevert => false;

        public override void OnInspectorGUI()
        {
            if (assetTarget is VaeBundleAsset asset && asset.Problem.Length > 0)
                EditorGUILayout.HelpBox(asset.Problem, MessageType.Error);
        }
    }
}
