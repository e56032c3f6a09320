using System;
using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>
    /// The sheet of one character as a texture, and a sprite for each of its frames, in the order of the bundle's labels. None of
    /// them is saved with a scene.
    /// </summary>
    internal sealed class CharacterSheet : IDisposable
    {
        private static Rgba32[] _pixels = Array.Empty<Rgba32>(); // shared: sheets are drawn one at a time

        private readonly VaeBundle _bundle;

        internal CharacterSheet(string name, VaeBundle bundle, float pixelsPerUnit, FilterMode filter)
        {
            _bundle = bundle;
            Texture = GeneratedSprite.NewTexture(name, bundle.SheetWidth, bundle.SheetHeight, TextureFormat.RGBA32,
                linear: false, filter);
            Frames = new Sprite[bundle.Labels.Count];
            foreach (var pose in bundle.Poses)
            {
                for (int frame = 0; frame < pose.Frames; frame++)
                {
                    // Unity's textures begin at the bottom.
                    var place = new Rect(frame * bundle.Width, bundle.SheetHeight - (pose.Row + 1) * bundle.Height, bundle.Width,
                        bundle.Height);
                    var sprite = Sprite.Create(Texture, place, new Vector2(0.5f, 0.5f), pixelsPerUnit, 0,
                        SpriteMeshType.FullRect);
                    sprite.name = name + " " + pose.Name + " " + frame;
                    sprite.hideFlags = HideFlags.HideAndDontSave;
                    Frames[bundle.PoseLabel(pose.Name, frame)] = sprite;
                }
            }
        }

        internal Texture2D Texture { get; }

        internal Sprite[] Frames { get; }

        /// <summary>Draws the character of a seed and uploads it.</summary>
        internal void Draw(SpriteGenerator generator, long seed, float temperature)
        {
            int count = _bundle.SheetWidth * _bundle.SheetHeight;
            if (_pixels.Length < count) _pixels = new Rgba32[count];
            var sheet = new Span<Rgba32>(_pixels, 0, count);
            generator.GenerateSheet(seed, sheet, temperature);
            Texture.Write(sheet, _bundle.SheetWidth, _bundle.SheetHeight);
            Texture.Apply(false);
        }

        public void Dispose()
        {
            foreach (var sprite in Frames) GeneratedSprite.Destroy(sprite);
            GeneratedSprite.Destroy(Texture);
        }
    }
}
