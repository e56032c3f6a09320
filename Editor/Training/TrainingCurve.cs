using System;
using System.Collections.Generic;
using System.IO;
using UnityEditor;
using UnityEngine;

namespace VaeContent.Editor
{
    /// <summary>The losses in a run's <c>log.jsonl</c>, read as they are written, and drawn.</summary>
    internal sealed class TrainingCurve
    {
        private readonly List<Point> _points = new List<Point>();
        private readonly string _path;
        private long _read;

        internal TrainingCurve(string logPath) => _path = logPath;

        /// <summary>0..1.</summary>
        internal float Progress => _points.Count > 0 ? (float)_points[_points.Count - 1].progress : 0f;

        /// <summary>One line of figures; empty before the first.</summary>
        internal string Caption
        {
            get
            {
                if (_points.Count == 0) return "";
                var last = _points[_points.Count - 1];
                double left = last.progress > 0 ? last.seconds * (1 - last.progress) / last.progress : 0;
                var time = TimeSpan.FromSeconds(left);
                return FormattableString.Invariant(
                    $"step {last.step}, loss {last.reconstruction:F1} + KL {last.kl:F1}, {time:m\\:ss} left");
            }
        }

        /// <summary>Reads the lines written since the last call.</summary>
        internal void Update()
        {
            if (!File.Exists(_path)) return;
            try
            {
                using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                if (file.Length < _read)
                {
                    _points.Clear();
                    _read = 0;
                }

                file.Seek(_read, SeekOrigin.Begin);
                var bytes = new byte[file.Length - _read];
                int count = file.Read(bytes, 0, bytes.Length);
                // the last line may be half written
                int end = count > 0 ? Array.LastIndexOf(bytes, (byte)'\n', count - 1) + 1 : 0;
                _read += end;
                foreach (string line in System.Text.Encoding.UTF8.GetString(bytes, 0, end).Split('\n'))
                {
                    if (line.Length > 0) _points.Add(JsonUtility.FromJson<Point>(line));
                }
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException || e is ArgumentException)
            {
                // Being replaced at this moment: the next call reads it.
            }
        }

        /// <summary>Draws the losses over time: training in white, held-out sprites in orange.</summary>
        internal void Draw(Rect place)
        {
            EditorGUI.DrawRect(place, new Color(0.12f, 0.12f, 0.12f));
            if (_points.Count < 2) return;
            double low = double.MaxValue, high = double.MinValue;
            foreach (var point in _points)
            {
                low = Math.Min(low, Math.Min(point.Loss, point.HeldOut ?? point.Loss));
                high = Math.Max(high, Math.Max(point.Loss, point.HeldOut ?? point.Loss));
            }

            DrawLine(place, low, high, Color.white, point => point.Loss);
            DrawLine(place, low, high, new Color(1f, 0.6f, 0.2f), point => point.HeldOut);
        }

        private void DrawLine(Rect place, double low, double high, Color colour, Func<Point, double?> value)
        {
            var line = new List<Vector3>();
            double last = Math.Max(_points[_points.Count - 1].seconds, 1e-6), range = Math.Max(high - low, 1e-6);
            foreach (var point in _points)
            {
                if (value(point) is double y)
                {
                    line.Add(new Vector3(place.x + (float)(point.seconds / last) * place.width,
                        place.yMax - (float)((y - low) / range) * place.height, 0));
                }
            }

            Handles.color = colour;
            Handles.DrawAAPolyLine(2f, line.ToArray());
        }

        // The names are those of the file. An absent or null number reads as 0.
        [Serializable]
        private sealed class Point
        {
#pragma warning disable CS0649 // JsonUtility writes them
            public long step;
            public double progress;
            public double seconds;
            public double reconstruction;
            public double kl;
            public double heldOutReconstruction;
            public double heldOutKl;
#pragma warning restore CS0649

            internal double Loss => reconstruction + kl;

            internal double? HeldOut => heldOutKl != 0 ? heldOutReconstruction + heldOutKl : (double?)null;
        }
    }
}
