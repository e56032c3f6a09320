using System;
using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>
    /// What the components that show a generated sprite have in common: the bundle, the look, and the texture they draw into.
    /// Works in Edit mode too. If a bundle cannot be used, the Console says so once, and nothing is drawn.
    /// </summary>
    [ExecuteAlways, RequireComponent(typeof(SpriteRenderer))]
    public abstract class GeneratedSpriteRenderer : MonoBehaviour
    {
        [SerializeField] private VaeBundleAsset? _bundle;
        [SerializeField, BundleLabel, Tooltip("A class of sprites to ask for; empty for any.")] private string _label = "";
        [SerializeField, Range(0f, 2f),
            Tooltip("0: the most typical sprite; 1: as varied as the set.")]
        private float _temperature = 1f;
        [SerializeField, Min(1f)] private float _pixelsPerUnit = 16f;
        [SerializeField] private FilterMode _filter = FilterMode.Point;
        [SerializeField] private Device _device = Device.Auto;

        private GeneratorLease? _lease;
        private GeneratedSprite? _sprite;
        private bool _dirty;
        private bool _stale; // what is shown was made with other settings than the inspector's
        private bool _failed;

        /// <summary>The model; setting it redraws.</summary>
        public VaeBundleAsset? Bundle
        {
            get => _bundle;
            set
            {
                _bundle = value;
                Rebuild();
            }
        }

        /// <summary>The class of sprites drawn; empty for any. Setting it redraws in the next frame.</summary>
        public string Label
        {
            get => _label;
            set
            {
                _label = value ?? "";
                Redraw();
            }
        }

        /// <summary>0..8: how far from the typical sprites. Setting it redraws in the next frame.</summary>
        public float Temperature
        {
            get => _temperature;
            set
            {
                _temperature = value;
                Redraw();
            }
        }

        /// <summary>
        /// Pixels of a sprite that make one unit of the scene. Setting it redraws in the next frame, as do the two below.
        /// </summary>
        public float PixelsPerUnit
        {
            get => _pixelsPerUnit;
            set
            {
                _pixelsPerUnit = value;
                Remake();
            }
        }

        /// <summary>How pixels are enlarged: Point keeps them crisp.</summary>
        public FilterMode Filter
        {
            get => _filter;
            set
            {
                _filter = value;
                Remake();
            }
        }

        /// <summary>What to compute on.</summary>
        public Device Device
        {
            get => _device;
            set
            {
                _device = value;
                Remake();
            }
        }

        /// <summary>The texture drawn into; null until the first sprite.</summary>
        public Texture2D? Texture => _sprite?.Texture;

        /// <summary>The label as the generator takes it.</summary>
        private protected string? LabelOrAny => _label.Length > 0 ? _label : null;

        private protected virtual TextureFormat Format => TextureFormat.RGBA32;

        /// <summary>Draws in the next frame, or at once where <see cref="Draw"/> is called.</summary>
        public void Redraw() => _dirty = true;

        /// <summary>Draws now.</summary>
        public void Draw()
        {
            if (_stale) Release();
            _dirty = false;
            _stale = false;
            if (_bundle == null || _failed) return;
            try
            {
                var generator = (_lease ??= SharedGenerators.Acquire(_bundle, _device)).Generator;
                Paint(generator, Target(generator.Bundle));
            }
            catch (Exception e) when (e is VaeBundleException || e is ArgumentException || e is DllNotFoundException
                || e is PlatformNotSupportedException)
            {
                _failed = true;
                Debug.LogError(e.Message, this);
            }
        }

        /// <summary>Generates into the texture and uploads it.</summary>
        private protected abstract void Paint(SpriteGenerator generator, Texture2D texture);

        private protected virtual void OnEnable() => Draw();

        private protected virtual void OnDisable() => Release();

        private protected virtual void Update()
        {
            if (_dirty) Draw();
        }

        // Nothing may be destroyed or created in here, so the work waits for Update.
        private void OnValidate() => Remake();

        private void Remake()
        {
            _failed = false;
            _stale = true;
            _dirty = true;
        }

        private Texture2D Target(VaeBundle bundle)
        {
            if (_sprite == null)
            {
                bool isIndices = Format == TextureFormat.R8; // not colours: never blended, never gamma corrected
                _sprite = new GeneratedSprite(name, bundle.Width, bundle.Height, Format, linear: isIndices, _pixelsPerUnit,
                    isIndices ? FilterMode.Point : _filter);
                GetComponent<SpriteRenderer>().sprite = _sprite.Sprite;
            }

            return _sprite.Texture;
        }

        private void Rebuild()
        {
            Release();
            _failed = false;
            if (isActiveAndEnabled) Draw();
        }

        private void Release()
        {
            _sprite?.Dispose();
            _sprite = null;
            _lease?.Dispose();
            _lease = null;
        }
    }
}
