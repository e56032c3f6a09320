using System;
using UnityEditor;
using UnityEngine;
using VaeContent.Unity;

namespace VaeContent.Editor
{
    /// <summary>A texture of sprites side by side, for inspectors and thumbnails: row by row from the top left.</summary>
    internal sealed class SeedGrid : IDisposable
    {
        private readonly int _columns;
        private readonly int _rows;
        private Texture2D? _texture;
        private Rgba32[] _pixels = Array.Empty<Rgba32>();
        private Vector2Int _size;

        internal SeedGrid(int columns, int rows)
        {
            _columns = columns;
            _rows = rows;
        }

        internal Texture2D? Texture => _texture;

        internal int Count => _columns * _rows;

        /// <summary>Fills the grid with the sprites of consecutive seeds.</summary>
        internal void Generate(SpriteGenerator generator, long firstSeed, string? label, float temperature,
            Palette? palette = null)
        {
            Prepare(generator.Bundle);
            generator.GenerateBatch(firstSeed, Count, _pixels, label, temperature, palette);
            Upload();
        }

        /// <summary>Puts one sprite, (H, W), into a cell.</summary>
        internal void Put(int cell, ReadOnlySpan<Rgba32> pixels, VaeBundle bundle)
        {
            if (Prepare(bundle)) _texture!.Clear();
            var corner = SpriteBaker.Corner(cell, _columns, _rows, _size);
            _texture!.Write(pixels, _size.x, _size.y, corner.x, corner.y);
            _texture!.Apply(false);
        }

        /// <summary>Marks a cell of the grid that was drawn in a rectangle.</summary>
        internal void Frame(Rect place, int cell)
        {
            float width = place.width / _columns, height = place.height / _rows;
            var corner = new Rect(place.x + cell % _columns * width, place.y + cell / _columns * height, width, height);
            var colour = new Color(1f, 0.6f, 0.2f);
            EditorGUI.DrawRect(new Rect(corner.x, corner.y, width, 1), colour);
            EditorGUI.DrawRect(new Rect(corner.x, corner.yMax - 1, width, 1), colour);
            EditorGUI.DrawRect(new Rect(corner.x, corner.y, 1, height), colour);
            EditorGUI.DrawRect(new Rect(corner.x + width - 1, corner.y, 1, height), colour);
        }

        /// <summary>Draws the grid in a rectangle; returns the cell that was clicked, or -1.</summary>
        internal int Draw(Rect place)
        {
            if (_texture == null) return -1;
            GUI.DrawTexture(place, _texture, ScaleMode.StretchToFill);
            var now = Event.current;
            if (now.type != EventType.MouseDown || now.button != 0 || !place.Contains(now.mousePosition)) return -1;
            int x = Mathf.Min((int)((now.mousePosition.x - place.x) / place.width * _columns), _columns - 1);
            int y = Mathf.Min((int)((now.mousePosition.y - place.y) / place.height * _rows), _rows - 1);
            now.Use();
            return y * _columns + x;
        }

        /// <summary>
        /// A rectangle of the layout in which sprites are not distorted and, where there is room, whole pixels large.
        /// </summary>
        internal Rect Layout(float availableWidth, int largestScale)
        {
            float width = _columns * _size.x, height = _rows * _size.y;
            float scale = width <= 0 ? 1 : Mathf.Min(availableWidth / width, largestScale);
            if (scale >= 1) scale = Mathf.Floor(scale);
            return GUILayoutUtility.GetRect(width * scale, height * scale, GUILayout.ExpandWidth(false));
        }

        public void Dispose()
        {
            if (_texture != null) UnityEngine.Object.DestroyImmediate(_texture);
            _texture = null;
        }

        /// <summary>Gives the texture away: the grid forgets it.</summary>
        internal Texture2D? Take()
        {
            var taken = _texture;
            _texture = null;
            return taken;
        }

        // True where the texture is new.
        private bool Prepare(VaeBundle bundle)
        {
            var size = new Vector2Int(bundle.Width, bundle.Height);
            if (_texture != null && _size == size) return false;
            Dispose();
            _size = size;
            _pixels = new Rgba32[Count * size.x * size.y];
            _texture = new Texture2D(_columns * size.x, _rows * size.y, TextureFormat.RGBA32, false)
            {
                name = "seeds",
                filterMode = FilterMode.Point,
                hideFlags = HideFlags.HideAndDontSave,
            };
            return true;
        }

        private void Upload()
        {
            int count = _size.x * _size.y;
            for (int i = 0; i < Count; i++)
            {
                var corner = SpriteBaker.Corner(i, _columns, _rows, _size);
                _texture!.Write(new ReadOnlySpan<Rgba32>(_pixels, i * count, count), _size.x, _size.y, corner.x, corner.y);
            }

            _texture!.Apply(false);
        }
    }
}
