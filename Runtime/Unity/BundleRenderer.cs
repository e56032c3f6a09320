using System;
using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>
    /// What the components that show something generated have in common: the bundle, the look, and when to draw. Works in Edit
    /// mode too. If the bundle cannot be used, the Console says so once, and nothing is drawn.
    /// </summary>
    [ExecuteAlways, RequireComponent(typeof(SpriteRenderer))]
    public abstract class BundleRenderer : MonoBehaviour
    {
        [SerializeField] private VaeBundleAsset? _bundle;
        [SerializeField, Range(0f, 2f), Tooltip("0: the most typical; 1: as varied as the set.")]
        private float _temperature = 1f;
        [SerializeField, Min(1f)] private float _pixelsPerUnit = 16f;
        [SerializeField] private FilterMode _filter = FilterMode.Point;
        [SerializeField] private Device _device = Device.Auto;

        private GeneratorLease? _lease;
        private bool _dirty;
        private bool _stale; // what is shown was made with other settings than the inspector's
        private bool _failed;

        /// <summary>The model; setting it draws anew in the next frame.</summary>
        public VaeBundleAsset? Bundle
        {
            get => _bundle;
            set
            {
                _bundle = value;
                Remake();
            }
        }

        /// <summary>0..8: how far from the typical ones. Setting it draws anew in the next frame.</summary>
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
        /// Pixels of a sprite that make one unit of the scene. Setting it draws anew in the next frame, as do the two below.
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

        private protected bool IsDirty => _dirty;

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
                Paint((_lease ??= SharedGenerators.Acquire(_bundle, _device)).Generator);
            }
            catch (Exception e) when (e is VaeBundleException || e is ArgumentException || e is DllNotFoundException
                || e is PlatformNotSupportedException || e is InvalidOperationException)
            {
                _failed = true;
                Release();
                Debug.LogError(e.Message, this);
            }
        }

        /// <summary>Generates and uploads what is shown.</summary>
        private protected abstract void Paint(SpriteGenerator generator);

        /// <summary>Gives back what <see cref="Paint"/> made, and the generator.</summary>
        private protected virtual void Release()
        {
            _lease?.Dispose();
            _lease = null;
        }

        /// <summary>Draws anew, with nothing kept, in the next frame.</summary>
        private protected virtual void Remake()
        {
            _failed = false;
            _stale = true;
            _dirty = true;
        }

        private protected virtual void OnDisable() => Release();

        // Nothing may be destroyed or created in here, so the work waits for Update.
        private void OnValidate() => Remake();
    }
}
