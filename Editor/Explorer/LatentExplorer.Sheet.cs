using System;
using UnityEditor;
using UnityEngine;
using VaeContent.Unity;

namespace VaeContent.Editor
{
    // Characters: all poses of the one that is shown.
    internal sealed partial class LatentExplorer
    {
        private Texture2D? _sheet;
        private Rgba32[] _sheetPixels = Array.Empty<Rgba32>();

        private void ShowSheet(SpriteGenerator generator)
        {
            var bundle = generator.Bundle;
            if (bundle.Poses.Count == 0) return;
            if (_sheet == null)
            {
                _sheet = new Texture2D(bundle.SheetWidth, bundle.SheetHeight, TextureFormat.RGBA32, false)
                {
                    filterMode = FilterMode.Point,
                    hideFlags = HideFlags.HideAndDontSave,
                };
                _sheetPixels = new Rgba32[bundle.SheetWidth * bundle.SheetHeight];
            }

            generator.DecodeSheet(_latent, _sheetPixels, Colours(bundle));
            _sheet.Write(_sheetPixels, bundle.SheetWidth, bundle.SheetHeight);
            _sheet.Apply(false);
        }

        private void DrawSheet()
        {
            if (_sheet == null) return;
            float scale = Mathf.Max(1, Mathf.Floor(position.width * 0.5f / _sheet.width));
            GUI.DrawTexture(GUILayoutUtility.GetRect(_sheet.width * scale, _sheet.height * scale, GUILayout.ExpandWidth(false)),
                _sheet, ScaleMode.ScaleToFit);
        }

        private void BakeCharacter(VaeBundleAsset asset)
        {
            string path = EditorUtility.SaveFilePanelInProject("Bake character", "character-" + _seed, "png",
                "Where the sheet of all poses goes");
            if (path.Length == 0) return;
            var bundle = asset.Bundle;
            Generator(asset).DecodeSheet(_latent, _sheetPixels, Colours(bundle));
            int columns = bundle.SheetWidth / bundle.Width, area = bundle.Width * bundle.Height;
            var cells = new Rgba32[_sheetPixels.Length];
            for (int row = 0; row < cells.Length / bundle.Width; row++)
            {
                int cell = row / bundle.Height, y = row % bundle.Height;
                int from = (((cell / columns * bundle.Height) + y) * bundle.SheetWidth) + (cell % columns * bundle.Width);
                Array.Copy(_sheetPixels, from, cells, (cell * area) + (y * bundle.Width), bundle.Width);
            }

            SpriteBaker.Bake(cells, columns * bundle.Poses.Count, asset.Size, columns, path);
        }

        private void ForgetSheet()
        {
            if (_sheet != null) DestroyImmediate(_sheet);
            _sheet = null;
        }
    }
}
