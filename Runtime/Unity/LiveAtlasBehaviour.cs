using System;
using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>Owns a <see cref="LiveAtlas"/> and pumps it once a frame. Main thread only.</summary>
    [AddComponentMenu("VaeContent/Live Atlas")]
    public sealed class LiveAtlasBehaviour : MonoBehaviour
    {
        [SerializeField] private VaeBundleAsset? _bundle;
        [SerializeField, Min(1)] private int _slots = 256;
        [SerializeField, Min(1), Tooltip("Sprites generated in one frame at most.")] private int _perFrame = 8;
        [SerializeField, Min(0f), Tooltip("Milliseconds of a frame for decoding where there are no threads, as on WebGL.")]
        private float _budget = 2f;
        [SerializeField, Min(1f)] private float _pixelsPerUnit = 16f;
        [SerializeField] private FilterMode _filter = FilterMode.Point;
        [SerializeField] private Device _device = Device.Auto;

        private LiveAtlas? _atlas;

        /// <summary>The atlas, made at the first use. Throws InvalidOperationException without a bundle.</summary>
        public LiveAtlas Atlas
        {
            get
            {
                if (_bundle == null) throw new InvalidOperationException("'" + name
                    + "' has no bundle: drag a .vae asset onto its Live Atlas.");
                return _atlas ??= new LiveAtlas(_bundle, _slots, _pixelsPerUnit, _filter, _device)
                {
                    Budget = TimeSpan.FromMilliseconds(_budget),
                };
            }
        }

        private void Update() => _atlas?.Pump(_perFrame);

        private void OnDisable()
        {
            _atlas?.Dispose();
            _atlas = null;
        }
    }
}
