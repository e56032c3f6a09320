using System;
using System.IO;
using UnityEditor;
using UnityEngine;
using VaeContent.Unity;

namespace VaeContent.Editor
{
    /// <summary>Writes sprites as PNG files of the project, imported as crisp sprites; a sheet is cut into its cells.</summary>
    internal static class SpriteBaker
    {
        /// <summary>
        /// Bakes <paramref name="count"/> sprites of a size, (count, H, W), side by side into one file below Assets.
        /// </summary>
        internal static void Bake(ReadOnlySpan<Rgba32> pixels, int count, Vector2Int size, int columns, string path)
        {
            columns = Math.Min(columns, count);
            int rows = (count + columns - 1) / columns, area = size.x * size.y;
            var sheet = new Texture2D(columns * size.x, rows * size.y, TextureFormat.RGBA32, false);
            try
            {
                sheet.Clear();
                for (int i = 0; i < count; i++)
                {
                    var corner = Corner(i, columns, rows, size);
                    sheet.Write(pixels.Slice(i * area, area), size.x, size.y, corner.x, corner.y);
                }

                File.WriteAllBytes(path, sheet.EncodeToPNG());
            }
            finally
            {
                UnityEngine.Object.DestroyImmediate(sheet);
            }

            AssetDatabase.ImportAsset(path);
            if (AssetImporter.GetAtPath(path) is TextureImporter importer)
                Configure(importer, count, size, columns, rows, Path.GetFileNameWithoutExtension(path));
            EditorGUIUtility.PingObject(AssetDatabase.LoadAssetAtPath<Texture2D>(path));
        }

        /// <summary>
        /// The lower left corner of a cell in a texture of cells, which are counted row by row from the top left.
        /// </summary>
        internal static Vector2Int Corner(int cell, int columns, int rows, Vector2Int size) =>
            new Vector2Int(cell % columns * size.x, (rows - 1 - cell / columns) * size.y);

        private static void Configure(TextureImporter importer, int count, Vector2Int size, int columns, int rows, string name)
        {
            importer.textureType = TextureImporterType.Sprite;
            importer.spriteImportMode = count > 1 ? SpriteImportMode.Multiple : SpriteImportMode.Single;
            importer.spritePixelsPerUnit = 16;
            importer.filterMode = FilterMode.Point;
            importer.mipmapEnabled = false;
            importer.alphaIsTransparency = true;
            importer.textureCompression = TextureImporterCompression.Uncompressed;
            if (count > 1)
            {
                var cells = new SpriteMetaData[count];
                for (int i = 0; i < count; i++)
                {
                    var corner = Corner(i, columns, rows, size);
                    cells[i] = new SpriteMetaData
                    {
                        name = name + "_" + i,
                        rect = new Rect(corner.x, corner.y, size.x, size.y),
                        pivot = new Vector2(0.5f, 0.5f),
                    };
                }

                // Marked obsolete in favour of the 2D package's data provider, which a project need not have installed.
#pragma warning disable CS0618
                importer.spritesheet = cells;
#pragma warning restore CS0618
                GiveIdentities(importer, name);
            }

            importer.SaveAndReimport();
        }

        // From 2021.2 on the assignment above leaves the cells without identities, and no two could be distinguished. Made of the
        // name: baking again keeps what refers to them.
        private static void GiveIdentities(TextureImporter importer, string name)
        {
            using var settings = new SerializedObject(importer);
            var cells = settings.FindProperty("m_SpriteSheet.m_Sprites");
            for (int i = 0; cells != null && i < cells.arraySize; i++)
            {
                var identity = cells.GetArrayElementAtIndex(i).FindPropertyRelative("m_SpriteID");
                if (identity != null) identity.stringValue = Hash128.Compute(name + "_" + i).ToString();
            }

            settings.ApplyModifiedPropertiesWithoutUndo();
        }
    }
}
