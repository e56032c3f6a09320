using System;
using UnityEditor;
using UnityEngine;
using VaeContent.Unity;

namespace VaeContent.Editor
{
    /// <summary>The facts of a bundle and a grid of its sprites.</summary>
    [CustomEditor(typeof(VaeBundleAsset))]
    internal sealed class VaeBundleAssetInspector : UnityEditor.Editor
    {
        private const int Columns = 8, Rows = 4, LargestScale = 3;

        private readonly SeedGrid _grid = new SeedGrid(Columns, Rows);
        private GeneratorLease? _lease;
        private long _firstSeed;
        private int _label;
        private float _temperature = 1f;
        private bool _provenance;
        private string _error = "";

        private VaeBundleAsset Asset => (VaeBundleAsset)target;

        public override void OnInspectorGUI()
        {
            GUI.enabled = true; // imported assets are drawn greyed out
            if (Asset.Problem.Length > 0) return;
            EditorGUILayout.LabelField("Sprites", Asset.Size.x + " x " + Asset.Size.y
                + (Asset.ColourCount > 0 ? ", " + Asset.ColourCount + " colours" : ", RGBA"));
            EditorGUILayout.LabelField("Latent", Asset.LatentSize + " numbers");
            EditorGUILayout.LabelField("Labels", Asset.Labels.Count > 0 ? string.Join(", ", Asset.Labels) : "none");
            EditorGUILayout.LabelField("File", Asset.ByteCount / 1024 + " KiB");
            _provenance = EditorGUILayout.Foldout(_provenance, "How it was made");
            if (_provenance)
            {
                foreach (string line in Asset.Provenance) EditorGUILayout.LabelField(line, EditorStyles.wordWrappedMiniLabel);
            }

            EditorGUI.BeginChangeCheck();
            _firstSeed = EditorGUILayout.LongField("First seed", _firstSeed);
            _label = Labels.Popup(Asset, _label);
            _temperature = EditorGUILayout.Slider("Temperature", _temperature, 0f, 2f);
            if (EditorGUI.EndChangeCheck()
                || (_grid.Texture == null && _error.Length == 0 && Event.current.type == EventType.Layout)) Fill();

            if (_error.Length > 0) EditorGUILayout.HelpBox(_error, MessageType.Error);
            _grid.Draw(_grid.Layout(EditorGUIUtility.currentViewWidth - 40, LargestScale));
            if (GUILayout.Button("Open in the Latent Explorer")) LatentExplorer.Open(Asset);
        }

        private void Fill()
        {
            _error = "";
            try
            {
                _lease ??= SharedGenerators.Acquire(Asset, Device.Managed);
                _grid.Generate(_lease.Generator, _firstSeed, Labels.Name(Asset, _label), _temperature);
            }
            catch (Exception e) when (e is VaeBundleException || e is DllNotFoundException || e is ArgumentException)
            {
                _error = e.Message;
            }
        }

        private void OnDisable()
        {
            _grid.Dispose();
            _lease?.Dispose();
            _lease = null;
        }
    }
}
