using System;
using UnityEngine;
using Object = UnityEngine.Object;

namespace UnityEditor
{
    [Since("3.5")]
    public class AssetDatabase
    {
        public static void ImportAsset(string path) => throw null;
        public static string[] FindAssets(string filter) => throw null;
        public static string GUIDToAssetPath(string guid) => throw null;
        public static T LoadAssetAtPath<T>(string assetPath) where T : Object => throw null;
    }

    [Since("3.5")]
    public class AssetImporter : Object
    {
        public static AssetImporter GetAtPath(string path) => throw null;
        public void SaveAndReimport() => throw null;
    }

    [Since("3.5")]
    public sealed class TextureImporter : AssetImporter
    {
        public TextureImporterType textureType { get => throw null; set => throw null; }
        public SpriteImportMode spriteImportMode { get => throw null; set => throw null; }
        public float spritePixelsPerUnit { get => throw null; set => throw null; }
        public FilterMode filterMode { get => throw null; set => throw null; }
        public bool mipmapEnabled { get => throw null; set => throw null; }
        public bool alphaIsTransparency { get => throw null; set => throw null; }
        [Since("5.5")]
        public TextureImporterCompression textureCompression { get => throw null; set => throw null; }
#if UNITY_2022_1_OR_NEWER
        [Obsolete("Support for accessing sprite meta data through spritesheet has been removed. Please use the "
            + "UnityEditor.U2D.Sprites.ISpriteEditorDataProvider interface instead.")]
#endif
        public SpriteMetaData[] spritesheet { get => throw null; set => throw null; }
    }

    [Since("3.5")]
    public enum TextureImporterType { Default = 0, Sprite = 8 }

    [Since("4.3")]
    public enum SpriteImportMode { None, Single, Multiple }

    [Since("5.5")]
    public enum TextureImporterCompression { Uncompressed }

    [Since("4.3")]
    public struct SpriteMetaData
    {
        public string name;
        public Rect rect;
        public Vector2 pivot;
    }
}

namespace UnityEditor.AssetImporters
{
    [Since("2020.2"), AttributeUsage(AttributeTargets.Class)]
    public class ScriptedImporterAttribute : Attribute { public ScriptedImporterAttribute(int version, string ext) { } }

    [Since("2020.2")]
    public abstract class ScriptedImporter : AssetImporter { public abstract void OnImportAsset(AssetImportContext ctx); }

    [Since("2020.2")]
    public class AssetImportContext
    {
        public string assetPath => throw null;
        public void AddObjectToAsset(string identifier, Object obj) => throw null;
        public void AddObjectToAsset(string identifier, Object obj, Texture2D thumbnail) => throw null;
        public void SetMainObject(Object obj) => throw null;
        public void LogImportError(string msg, Object obj = null) => throw null;
        public void LogImportWarning(string msg, Object obj = null) => throw null;
    }

    [Since("2020.2")]
    public abstract class AssetImporterEditor : Editor
    {
        protected internal Object assetTarget => throw null;
        protected virtual bool needsApplyRevert => throw null;
    }

    [Since("2020.2")]
    public class ScriptedImporterEditor : AssetImporterEditor { }
}
