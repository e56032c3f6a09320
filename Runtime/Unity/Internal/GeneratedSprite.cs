using System;
using UnityEngine;
using Object = UnityEngine.Object;

namespace VaeContent.Unity
{
    /// <summary>
    /// A texture that is written to at run time and the sprite that shows all of it. Neither is saved with a scene.
    /// </summary>
    internal sealed class GeneratedSprite : IDisposable
    {
        internal GeneratedSprite(string name, int width, int height, TextureFormat format, bool linear, float pixelsPerUnit,
            FilterMode filter)
        {
            Texture = NewTexture(name, width, height, format, linear, filter);
            Sprite = Sprite.Create(Texture, new Rect(0, 0, width, height), new Vector2(0.5f, 0.5f), pixelsPerUnit, 0,
                SpriteMeshType.FullRect);
            Sprite.name = name;
            Sprite.hideFlags = HideFlags.HideAndDontSave;
        }

        internal Texture2D Texture { get; }

        internal Sprite Sprite { get; }

        /// <summary>A texture without mip maps.</summary>
        internal static Texture2D NewTexture(string name, int width, int height, TextureFormat format, bool linear,
            FilterMode filter)
        {
            return new Texture2D(width, height, format, mipChain: false, linear)
            {
                name = name,
                filterMode = filter,
                wrapMode = TextureWrapMode.Clamp,
                hideFlags = HideFlags.HideAndDontSave,
            };
        }

        /// <summary>Destroys an object in Play mode and outside it.</summary>
        internal static void Destroy(Object made)
        {
            if (Application.isPlaying) Object.Destroy(made);
            else Object.DestroyImmediate(made);
        }

        public void Dispose()
        {
            Destroy(Sprite);
            Destroy(Texture);
        }
    }
}
