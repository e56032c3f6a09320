using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>
    /// What the components that show one generated sprite have in common: the label, and the texture they draw into.
    /// </summary>
    public abstract class GeneratedSpriteRenderer : BundleRenderer
    {
        [SerializeField, BundleLabel, Tooltip("A class of sprites to ask for; empty for any.")] private string _label = "";

        private GeneratedSprite? _sprite;

        /// <summary>The class of sprites drawn; empty for any. Setting it draws anew in the next frame.</summary>
        public string Label
        {
            get => _label;
            set
            {
                _label = value ?? "";
                Redraw();
            }
        }

        /// <summary>The texture drawn into; null until the first sprite.</summary>
        public Texture2D? Texture => _sprite?.Texture;

        /// <summary>The label as the generator takes it.</summary>
        private protected string? LabelOrAny => _label.Length > 0 ? _label : null;

        private protected virtual TextureFormat Format => TextureFormat.RGBA32;

        /// <summary>Generates into the texture and uploads it.</summary>
        private protected abstract void Paint(SpriteGenerator generator, Texture2D texture);

        private protected override void Paint(SpriteGenerator generator) => Paint(generator, Target(generator.Bundle));

        private protected virtual void OnEnable() => Draw();

        private protected virtual void Update()
        {
            if (IsDirty) Draw();
        }

        private protected override void Release()
        {
            _sprite?.Dispose();
            _sprite = null;
            base.Release();
        }

        private Texture2D Target(VaeBundle bundle)
        {
            if (_sprite == null)
            {
                bool isIndices = Format == TextureFormat.R8; // not colours: never blended, never gamma corrected
                _sprite = new GeneratedSprite(name, bundle.Width, bundle.Height, Format, linear: isIndices, PixelsPerUnit,
                    isIndices ? FilterMode.Point : Filter);
                GetComponent<SpriteRenderer>().sprite = _sprite.Sprite;
            }

            return _sprite.Texture;
        }
    }
}
