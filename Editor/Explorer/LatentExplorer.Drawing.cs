using System;
using UnityEditor;
using UnityEngine;
using VaeContent.Unity;

namespace VaeContent.Editor
{
    internal sealed partial class LatentExplorer
    {
        private void OnGUI()
        {
            var asset = (VaeBundleAsset?)EditorGUILayout.ObjectField("Bundle", _asset, typeof(VaeBundleAsset), false);
            if (asset != _asset)
            {
                Choose(asset);
                GUIUtility.ExitGUI(); // other controls from here on
            }

            if (asset == null)
            {
                EditorGUILayout.HelpBox("Choose a .vae asset. To make one of your own sprites: Window > VaeContent > Train.",
                    MessageType.Info);
                return;
            }

            if (asset.Problem.Length > 0)
            {
                EditorGUILayout.HelpBox(asset.Problem, MessageType.Error);
                return;
            }

            // Before anything is laid out: what is drawn may not change between a layout and its repaint.
            if (_dirty && Event.current.type == EventType.Layout) Refresh(asset);
            _scroll = EditorGUILayout.BeginScrollView(_scroll);
            if (_error.Length > 0) EditorGUILayout.HelpBox(_error, MessageType.Error);
            EditorGUILayout.BeginHorizontal();
            DrawGrid();
            EditorGUILayout.BeginVertical();
            DrawSprite();
            DrawSheet();
            DrawSettings(asset);
            DrawPins();
            DrawBaking(asset);
            EditorGUILayout.EndVertical();
            EditorGUILayout.EndHorizontal();
            EditorGUILayout.EndScrollView();
        }

        private void DrawGrid()
        {
            EditorGUILayout.BeginVertical(GUILayout.Width(position.width * 0.5f));
            var place = _grid.Layout(position.width * 0.5f - 16, 4);
            int cell = _grid.Draw(place);
            if (!_morphing && _seed >= _firstSeed && _seed - _firstSeed < _grid.Count)
                _grid.Frame(place, (int)(_seed - _firstSeed));
            if (cell >= 0)
            {
                Undo.RecordObject(this, "Choose sprite");
                _seed = unchecked(_firstSeed + cell);
                _morphing = false;
                Array.Clear(_amounts, 0, _amounts.Length);
                Changed();
            }

            EditorGUILayout.BeginHorizontal();
            if (GUILayout.Button("< seeds")) Page(-_grid.Count);
            if (GUILayout.Button("seeds >")) Page(_grid.Count);
            EditorGUILayout.EndHorizontal();
            EditorGUILayout.EndVertical();
        }

        private void Page(int by)
        {
            Undo.RecordObject(this, "Turn page");
            _firstSeed = unchecked(_firstSeed + by);
            EverythingChanged();
        }

        private void DrawSprite()
        {
            if (_shown == null) return;
            float scale = Mathf.Max(1, Mathf.Floor(192f / Mathf.Max(_shown.width, _shown.height)));
            GUI.DrawTexture(GUILayoutUtility.GetRect(_shown.width * scale, _shown.height * scale, GUILayout.ExpandWidth(false)),
                _shown, ScaleMode.ScaleToFit);
        }

        private void DrawSettings(VaeBundleAsset asset)
        {
            EditorGUI.BeginChangeCheck();
            long firstSeed = EditorGUILayout.LongField("First seed", _firstSeed), seed = EditorGUILayout.LongField("Seed", _seed);
            int label = Labels.Popup(asset, _label);
            float temperature = EditorGUILayout.Slider("Temperature", _temperature, 0f, 2f);
            float hue = _hue, tintAmount = _tintAmount;
            Color tint = _tint;
            if (asset.ColourCount > 0)
            {
                hue = EditorGUILayout.Slider("Turn hues", hue, -180f, 180f);
                tint = EditorGUILayout.ColorField("Tint", tint);
                tintAmount = EditorGUILayout.Slider("Tint amount", tintAmount, 0f, 1f);
            }

            var amounts = (float[])_amounts.Clone();
            for (int i = 0; i < amounts.Length && i < asset.LatentSize; i++)
                amounts[i] = EditorGUILayout.Slider("Direction " + (i + 1), amounts[i], -3f, 3f);
            if (GUILayout.Button("Back to the seed")) Array.Clear(amounts, 0, amounts.Length);
            if (!EditorGUI.EndChangeCheck()) return;
            Undo.RecordObject(this, "Explore latents");
            _gridDirty |= firstSeed != _firstSeed || label != _label || temperature != _temperature || hue != _hue
                || tint != _tint || tintAmount != _tintAmount;
            (_firstSeed, _seed, _label, _temperature) = (firstSeed, seed, label, temperature);
            (_hue, _tint, _tintAmount, _amounts) = (hue, tint, tintAmount, amounts);
            Changed();
        }

        private void DrawPins()
        {
            EditorGUILayout.BeginHorizontal();
            if (GUILayout.Button("Pin as A")) Pin(ref _pinnedA);
            if (GUILayout.Button("Pin as B")) Pin(ref _pinnedB);
            EditorGUILayout.EndHorizontal();
            if (HasPin(_pinnedA) || HasPin(_pinnedB)) _pins.Draw(_pins.Layout(position.width * 0.5f - 24, 3));
            if (!HasPin(_pinnedA) || !HasPin(_pinnedB)) return;
            EditorGUI.BeginChangeCheck();
            bool morphing = EditorGUILayout.Toggle("Morph A to B", _morphing);
            float morph = EditorGUILayout.Slider("Position", _morph, 0f, 1f);
            if (!EditorGUI.EndChangeCheck()) return;
            Undo.RecordObject(this, "Morph");
            _morphing = morphing || morph != _morph; // moving the slider says enough
            _morph = morph;
            Changed();
        }

        private void Pin(ref float[] pin)
        {
            Undo.RecordObject(this, "Pin sprite");
            pin = (float[])_latent.Clone();
            EverythingChanged();
            GUIUtility.ExitGUI(); // the first pin brings more controls
        }

        private void DrawBaking(VaeBundleAsset asset)
        {
            EditorGUILayout.BeginHorizontal();
            bool sprite = GUILayout.Button("Bake sprite..."), sheet = GUILayout.Button("Bake sheet...");
            bool character = _sheet != null && GUILayout.Button("Bake character...");
            bool morph = HasPin(_pinnedA) && HasPin(_pinnedB) && GUILayout.Button("Bake morph...");
            EditorGUILayout.EndHorizontal();
            if (!sprite && !sheet && !character && !morph) return;
            try
            {
                if (sprite) BakeSprite(asset);
                else if (sheet) BakeSheet(asset);
                else if (character) BakeCharacter(asset);
                else BakeMorph(asset);
            }
            catch (Exception e) when (e is VaeBundleException || e is System.IO.IOException || e is UnauthorizedAccessException)
            {
                _error = e.Message;
            }

            GUIUtility.ExitGUI(); // a dialog was open: this layout is over
        }

        private void BakeSprite(VaeBundleAsset asset)
        {
            string path = EditorUtility.SaveFilePanelInProject("Bake sprite", "sprite-" + _seed, "png", "Where the sprite goes");
            if (path.Length > 0) SpriteBaker.Bake(Decode(Generator(asset), _latent), 1, asset.Size, 1, path);
        }

        private void BakeSheet(VaeBundleAsset asset)
        {
            string path = EditorUtility.SaveFilePanelInProject("Bake sheet", "sheet-" + _firstSeed, "png",
                "Where the sheet goes");
            if (path.Length == 0) return;
            var pixels = new Rgba32[_grid.Count * asset.Size.x * asset.Size.y];
            Generator(asset).GenerateBatch(_firstSeed, _grid.Count, pixels, Labels.Name(asset, _label), _temperature,
                Colours(asset.Bundle));
            SpriteBaker.Bake(pixels, _grid.Count, asset.Size, SheetColumns, path);
        }

        private void BakeMorph(VaeBundleAsset asset)
        {
            const int frames = 16;
            string path = EditorUtility.SaveFilePanelInProject("Bake morph", "morph", "png", "Where the frames go");
            if (path.Length == 0) return;
            int area = asset.Size.x * asset.Size.y;
            var pixels = new Rgba32[frames * area];
            var latent = new float[asset.LatentSize];
            for (int i = 0; i < frames; i++)
            {
                VaeContent.Latent.Slerp(_pinnedA, _pinnedB, i / (frames - 1f), latent);
                Decode(Generator(asset), latent).CopyTo(new Span<Rgba32>(pixels, i * area, area));
            }

            SpriteBaker.Bake(pixels, frames, asset.Size, SheetColumns, path);
        }
    }
}
