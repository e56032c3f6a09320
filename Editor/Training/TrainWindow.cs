using System;
using System.Collections.Generic;
using System.IO;
using UnityEditor;
using UnityEngine;
using VaeContent.Unity;

namespace VaeContent.Editor
{
    /// <summary>
    /// A window that trains a model on a folder of sprites by starting the program <c>vaecontent</c>, shows how it goes, and
    /// imports the result. Runs are kept in the project's Library folder.
    /// </summary>
    internal sealed partial class TrainWindow : EditorWindow
    {
        private const string TrainerKey = "VaeContent.Trainer", Runs = "Library/VaeContent";
        private const int MostLines = 200;
        private const double PollSeconds = 0.5;

        private static readonly string[] Presets = { "auto", "palette", "mix", "sigma" };

        [SerializeField] private string _folder = "";
        [SerializeField] private string _result = "Assets/heroes.vae";
        [SerializeField] private int _preset;
        [SerializeField] private float _minutes = 10f;
        [SerializeField] private string _more = "";

        private readonly Queue<string[]> _steps = new Queue<string[]>();
        private readonly List<string> _lines = new List<string>();
        private TrainerProcess? _process;
        private TrainingCurve? _curve;
        private Texture2D? _preview;
        private string _previewPath = "";
        private string _message = "";
        private MessageType _kind;
        private double _nextPoll;
        private bool _locked;
        private Vector2 _scroll;

        private string Run => Path.Combine(Runs, Path.GetFileNameWithoutExtension(_result));

        private string Report => Path.Combine(Run, "report.html");

        [MenuItem("Window/VaeContent/Train")]
        private static void Open() => GetWindow<TrainWindow>("Train");

        private void OnEnable() => EditorApplication.update += Poll;

        private void OnDisable()
        {
            EditorApplication.update -= Poll;
            Finish("", MessageType.None);
            if (_preview != null) DestroyImmediate(_preview);
        }

        /// <summary>Trains, exports, reports: one process after another.</summary>
        private void Begin(bool resume)
        {
            _lines.Clear();
            _steps.Clear();
            _steps.Enqueue(resume ? new[] { "train", _folder, "--out", Run, "--resume" } : Train());
            _steps.Enqueue(new[] { "export", Run, "--out", _result, "--encoder", Path.Combine(Run, "encoder.vae") });
            _steps.Enqueue(new[] { "report", Run, "--out", Report });
            _curve = new TrainingCurve(Path.Combine(Run, "log.jsonl"));
            // A reload would forget the process. Play mode is fine; scripts are compiled again when training ends.
            EditorApplication.LockReloadAssemblies();
            _locked = true;
            StartNext();
        }

        private string[] Train()
        {
            var arguments = new List<string>
            {
                "train", _folder, "--out", Run, "--overwrite", "--preset", Presets[_preset],
                "--minutes", _minutes.ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
            arguments.AddRange(_more.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries));
            return arguments.ToArray();
        }

        private void StartNext()
        {
            _process?.Dispose();
            _process = null;
            if (_steps.Count == 0)
            {
                Finish("Done: " + _result, MessageType.Info);
                return;
            }

            try
            {
                _process = new TrainerProcess(EditorPrefs.GetString(TrainerKey, TrainerProcess.Default), _steps.Dequeue());
            }
            catch (InvalidOperationException e)
            {
                Finish(e.Message, MessageType.Error);
            }
        }

        private void Poll()
        {
            if (_process == null || EditorApplication.timeSinceStartup < _nextPoll) return;
            _nextPoll = EditorApplication.timeSinceStartup + PollSeconds;
            bool ended = !_process.IsRunning; // asked first: what it printed before its end is then read below
            while (_process.TryRead(out string line)) _lines.Add(line);
            if (_lines.Count > MostLines) _lines.RemoveRange(0, _lines.Count - MostLines);
            _curve?.Update();
            ShowNewestPreview();
            if (ended) StepEnded(_process.ExitCode);
            Repaint();
        }

        private void StepEnded(int exitCode)
        {
            if (exitCode != 0)
            {
                Finish(_lines.Count > 0 ? _lines[_lines.Count - 1] : "The trainer ended with code " + exitCode + ".",
                    MessageType.Error);
                return;
            }

            StartNext();
        }

        private void Finish(string message, MessageType kind)
        {
            _process?.Dispose();
            _process = null;
            _steps.Clear();
            if (_locked) EditorApplication.UnlockReloadAssemblies();
            _locked = false;
            (_message, _kind) = (message, kind);
            if (kind != MessageType.Info) return;
            AssetDatabase.ImportAsset(_result);
            EditorGUIUtility.PingObject(AssetDatabase.LoadAssetAtPath<VaeBundleAsset>(_result));
        }

        private void ShowNewestPreview()
        {
            if (!Directory.Exists(Run)) return;
            string[] previews = Directory.GetFiles(Run, "preview-*.png");
            if (previews.Length == 0) return;
            Array.Sort(previews, string.CompareOrdinal);
            string newest = previews[previews.Length - 1];
            if (newest == _previewPath) return;
            if (_preview == null)
            {
                _preview = new Texture2D(2, 2, TextureFormat.RGBA32, false)
                {
                    filterMode = FilterMode.Point,
                    hideFlags = HideFlags.HideAndDontSave
                };
            }
            if (_preview.LoadImage(File.ReadAllBytes(newest))) _previewPath = newest;
        }
    }
}
