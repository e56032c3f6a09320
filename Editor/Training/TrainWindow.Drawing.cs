using System.IO;
using UnityEditor;
using UnityEngine;

namespace VaeContent.Editor
{
    internal sealed partial class TrainWindow
    {
        private void OnGUI()
        {
            bool busy = _process != null;
            using (new EditorGUI.DisabledScope(busy)) DrawSettings();
            DrawButtons(busy);
            if (_message.Length > 0) EditorGUILayout.HelpBox(_message, _kind);
            if (_curve == null) return;

            EditorGUI.ProgressBar(GUILayoutUtility.GetRect(100, 20, GUILayout.ExpandWidth(true)), _curve.Progress, _curve.Caption);
            _curve.Draw(GUILayoutUtility.GetRect(100, 120, GUILayout.ExpandWidth(true)));
            _scroll = EditorGUILayout.BeginScrollView(_scroll);
            if (_preview != null)
            {
                float width = Mathf.Min(position.width - 24, _preview.width * 2);
                GUI.DrawTexture(GUILayoutUtility.GetRect(width, width * _preview.height / _preview.width, GUILayout.ExpandWidth(false)), _preview, ScaleMode.ScaleToFit);
            }

            foreach (string line in _lines) EditorGUILayout.LabelField(line, EditorStyles.miniLabel);
            EditorGUILayout.EndScrollView();
        }

        private void DrawSettings()
        {
            EditorGUILayout.BeginHorizontal();
            _folder = EditorGUILayout.TextField("Sprites", _folder);
            if (GUILayout.Button("...", GUILayout.Width(30)))
            {
                string chosen = EditorUtility.OpenFolderPanel("A folder of PNG sprites", _folder, "");
                if (chosen.Length > 0) _folder = chosen;
            }

            EditorGUILayout.EndHorizontal();
            _result = EditorGUILayout.TextField("Result", _result);
            _preset = EditorGUILayout.Popup("Preset", _preset, Presets);
            _minutes = EditorGUILayout.Slider("Minutes", _minutes, 1f, 120f);
            string trainer = EditorPrefs.GetString(TrainerKey, "vaecontent"), changed = EditorGUILayout.TextField("Trainer", trainer);
            if (changed != trainer) EditorPrefs.SetString(TrainerKey, changed);
        }

        private void DrawButtons(bool busy)
        {
            EditorGUILayout.BeginHorizontal();
            using (new EditorGUI.DisabledScope(busy || !Directory.Exists(_folder) || !_result.StartsWith("Assets/") || !_result.EndsWith(".vae")))
            {
                if (GUILayout.Button("Train")) Begin(resume: false);
                using (new EditorGUI.DisabledScope(!File.Exists(Path.Combine(Run, "checkpoint"))))
                {
                    if (GUILayout.Button("Resume")) Begin(resume: true);
                }
            }

            using (new EditorGUI.DisabledScope(!busy))
            {
                if (GUILayout.Button("Stop and save")) _process?.Stop();
                if (GUILayout.Button("Cancel")) Finish("Cancelled. What was saved last is in " + Run + ".", MessageType.Warning);
            }

            using (new EditorGUI.DisabledScope(!File.Exists(Report)))
            {
                if (GUILayout.Button("Open report")) EditorUtility.OpenWithDefaultApp(Path.GetFullPath(Report));
            }

            EditorGUILayout.EndHorizontal();
        }
    }
}
