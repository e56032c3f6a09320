using System;
using Unity.Collections;

namespace UnityEngine
{
    [Since("3.5")]
    public class Texture : Object
    {
        public virtual int width { get => throw null; set => throw null; }
        public virtual int height { get => throw null; set => throw null; }
        public FilterMode filterMode { get => throw null; set => throw null; }
        public TextureWrapMode wrapMode { get => throw null; set => throw null; }
        [Since("2019.1")]
        public int mipmapCount => throw null;
    }

    [Since("3.5")]
    public sealed class Texture2D : Texture
    {
        public Texture2D(int width, int height) => throw null;
        public Texture2D(int width, int height, TextureFormat textureFormat, bool mipChain) => throw null;
        public Texture2D(int width, int height, TextureFormat textureFormat, bool mipChain, bool linear) => throw null;
        public TextureFormat format => throw null;
        [Since("2018.2")]
        public NativeArray<T> GetRawTextureData<T>() where T : struct => throw null;
        public void Apply(bool updateMipmaps) => throw null;
    }

    [Since("2017.1")]
    public static class ImageConversion
    {
        public static bool LoadImage(this Texture2D tex, byte[] data) => throw null;
        public static byte[] EncodeToPNG(this Texture2D tex) => throw null;
    }

    [Since("3.5")]
    public enum TextureFormat
    {
        RGBA32 = 4,
        [Since("5.5")]
        R8 = 63,
    }

    [Since("3.5")]
    public enum FilterMode { Point, Bilinear, Trilinear }

    [Since("3.5")]
    public enum TextureWrapMode { Repeat, Clamp }

    [Since("4.3")]
    public sealed class Sprite : Object
    {
        public static Sprite Create(Texture2D texture, Rect rect, Vector2 pivot, float pixelsPerUnit, uint extrude,
            SpriteMeshType meshType) => throw null;
    }

    [Since("4.3")]
    public enum SpriteMeshType { FullRect, Tight }

    [Since("3.5")]
    public class Renderer : Component
    {
        public Material sharedMaterial { get => throw null; set => throw null; }
        public void GetPropertyBlock(MaterialPropertyBlock properties) => throw null;
        public void SetPropertyBlock(MaterialPropertyBlock properties) => throw null;
    }

    [Since("4.3")]
    public sealed class SpriteRenderer : Renderer
    {
        public Sprite sprite { get => throw null; set => throw null; }
        public bool flipX { get => throw null; set => throw null; }
    }

    [Since("3.5")]
    public sealed class Shader : Object
    {
        public static int PropertyToID(string name) => throw null;
        public static Shader Find(string name) => throw null;
    }

    [Since("3.5")]
    public class Material : Object { public Material(Shader shader) => throw null; }

    [Since("4.0")]
    public sealed class MaterialPropertyBlock { public void SetTexture(int nameID, Texture value) => throw null; }
}

namespace Unity.Collections
{
    [Since("2018.1")]
    public struct NativeArray<T> : IDisposable where T : struct
    {
        public int Length => throw null;
        public void Dispose() => throw null;
    }
}

namespace Unity.Collections.LowLevel.Unsafe
{
    [Since("2018.1")]
    public static class NativeArrayUnsafeUtility
    {
        public static unsafe void* GetUnsafePtr<T>(this NativeArray<T> nativeArray) where T : struct => throw null;
    }
}
