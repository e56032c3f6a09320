using System;
using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>
    /// A bundle and a device, for scripts that generate sprites themselves. Components with the same bundle and device share one
    /// generator, so this costs memory once. Main thread only.
    /// </summary>
    [AddComponentMenu("VaeContent/Sprite Generator")]
    public sealed class SpriteGeneratorBehaviour : MonoBehaviour
    {
        [SerializeField] private VaeBundleAsset? _bundle;
        [SerializeField] private Device _device = Device.Auto;

        private GeneratorLease? _lease;

        /// <summary>The model; setting it gives the old generator back.</summary>
        public VaeBundleAsset? Bundle
        {
            get => _bundle;
            set
            {
                Release();
                _bundle = value;
            }
        }

        /// <summary>
        /// The generator, started at the first use. Ask for it in every frame and do not dispose it: it is shared. Throws
        /// InvalidOperationException without a bundle, <see cref="VaeBundleException"/> where the bundle cannot be used.
        /// </summary>
        public SpriteGenerator Generator
        {
            get
            {
                if (_bundle == null) throw new InvalidOperationException("'" + name
                    + "' has no bundle: drag a .vae asset onto its Sprite Generator.");
                return (_lease ??= SharedGenerators.Acquire(_bundle, _device)).Generator;
            }
        }

        /// <summary>Generates a sprite into an RGBA32 texture of its size and uploads it. No garbage.</summary>
        public void GenerateInto(Texture2D texture, long seed, string? label = null, float temperature = 1f)
        {
            var generator = Generator;
            texture.Write(generator.Generate(seed, label, temperature), generator.Bundle.Width, generator.Bundle.Height);
            texture.Apply(false);
        }

        private void OnDisable() => Release();

        private void Release()
        {
            _lease?.Dispose();
            _lease = null;
        }
    }
}
