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

            EditorGUI.ProgressBar(GUILayoutUtility.GetRect(100, 20, GUILayout.ExpandWidth(true)), _curve.Progress,
                _curve.Caption);
            _curve.Draw(GUILayoutUtility.GetRect(100, 120, GUILayout.ExpandWidth(true)));
            _scroll = EditorGUILayout.BeginScrollView(_scroll);
            if (_preview != null)
            {
                float width = Mathf.Min(position.width - 24, _preview.width * 2);
                float height = width * _preview.height / _preview.width;
                var place = GUILayoutUtility.GetRect(width, height, GUILayout.ExpandWidth(false));
                GUI.DrawTexture(place, _preview, ScaleMode.ScaleToFit);
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
                GUIUtility.ExitGUI(); // a dialog was open: this layout is over
            }

            EditorGUILayout.EndHorizontal();
            _result = EditorGUILayout.TextField("Result", _result);
            _preset = EditorGUILayout.Popup("Preset", _preset, Presets);
            _minutes = EditorGUILayout.Slider("Minutes", _minutes, 1f, 120f);
            var more = new GUIContent("More",
                "Further arguments of 'vaecontent train', such as --labels folders or --grid 16x16");
            _more = EditorGUILayout.TextField(more, _more);
            string trainer = EditorPrefs.GetString(TrainerKey, TrainerProcess.Default),
                changed = EditorGUILayout.TextField("Trainer", trainer);
            if (changed != trainer) EditorPrefs.SetString(TrainerKey, changed);
        }

        private void DrawButtons(bool busy)
        {
            string missing = Missing();
            if (!busy && missing.Length > 0) EditorGUILayout.HelpBox(missing, MessageType.Info);
            EditorGUILayout.BeginHorizontal();
            bool train, resume, cancel;
            using (new EditorGUI.DisabledScope(busy || missing.Length > 0))
            {
                train = GUILayout.Button("Train");
                using (new EditorGUI.DisabledScope(!File.Exists(Path.Combine(Run, "checkpoint"))))
                    resume = GUILayout.Button("Resume");
            }

            using (new EditorGUI.DisabledScope(!busy))
            {
                if (GUILayout.Button("Stop and save")) _process?.Stop();
                cancel = GUILayout.Button("Cancel");
            }

            using (new EditorGUI.DisabledScope(!File.Exists(Report)))
            {
                if (GUILayout.Button("Open report")) EditorUtility.OpenWithDefaultApp(Path.GetFullPath(Report));
            }

            EditorGUILayout.EndHorizontal();
            if (!train && !resume && !cancel) return;
            if (cancel) Finish("Cancelled. What was saved last is in " + Run + ".", MessageType.Warning);
            else Begin(resume);
            GUIUtility.ExitGUI(); // other controls from here on
        }

        // What has to be entered before anything can start; empty where all is well.
        private string Missing()
        {
            if (!Directory.Exists(_folder)) return "Choose a folder of PNG sprites, 500 or more of one size.";
            if (!_result.StartsWith("Assets/") || !_result.EndsWith(".vae"))
                return "The result is a file below Assets, such as Assets/heroes.vae.";
            return Directory.Exists(Path.GetDirectoryName(_result)) ? ""
                : "The result's folder does not exist: " + Path.GetDirectoryName(_result) + ".";
        }
    }
}
