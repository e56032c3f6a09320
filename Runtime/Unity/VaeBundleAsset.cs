using System;
using System.Collections.Generic;
using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>
    /// A <c>.vae</c> file as an asset: its bytes, and what the Editor shows of it without loading them. Drag it onto a component.
    /// Main thread only.
    /// </summary>
    public sealed class VaeBundleAsset : ScriptableObject
    {
        [SerializeField, HideInInspector] private byte[] _bytes = Array.Empty<byte>();
        [SerializeField, HideInInspector] private string _file = "";
        [SerializeField, HideInInspector] private string _problem = "";
        [SerializeField, HideInInspector] private Vector2Int _size;
        [SerializeField, HideInInspector] private int _latentSize;
        [SerializeField, HideInInspector] private int _colourCount;
        [SerializeField, HideInInspector] private string[] _labels = Array.Empty<string>();
        [SerializeField, HideInInspector] private string[] _provenance = Array.Empty<string>();

        [NonSerialized] private VaeBundle? _bundle;
        [NonSerialized] private byte[]? _loaded;

        /// <summary>Why the file cannot be used, one line; empty where it can.</summary>
        public string Problem => _problem;

        /// <summary>Width and height of a sprite in pixels.</summary>
        public Vector2Int Size => _size;

        /// <summary>Z, the length of a latent.</summary>
        public int LatentSize => _latentSize;

        /// <summary>Colours of the palette; 0 where the decoder paints RGBA.</summary>
        public int ColourCount => _colourCount;

        /// <summary>Size of the file in bytes.</summary>
        public int ByteCount => _bytes.Length;

        /// <summary>The names sprites can be asked for by; may be empty.</summary>
        public IReadOnlyList<string> Labels => _labels;

        /// <summary>Where the model comes from, as "key: value" lines.</summary>
        public IReadOnlyList<string> Provenance => _provenance;

        /// <summary>
        /// The loaded model; loads at the first use. Throws <see cref="VaeBundleException"/> where the file cannot be used.
        /// </summary>
        public VaeBundle Bundle
        {
            get
            {
                // A reimport gives this object other bytes.
                if (_bundle == null || !ReferenceEquals(_loaded, _bytes))
                {
                    if (_problem.Length > 0) throw new VaeBundleException(_problem);
                    _bundle = VaeBundle.Load(_bytes, _file);
                    _loaded = _bytes;
                }

                return _bundle;
            }
        }

        /// <summary>
        /// An asset of a file's bytes, such as one that was downloaded. <paramref name="file"/> is its name in messages. Never
        /// throws for what is in the bytes: <see cref="Problem"/> says what is wrong with them.
        /// </summary>
        public static VaeBundleAsset Create(byte[] bytes, string file)
        {
            if (bytes == null) throw new ArgumentNullException(nameof(bytes));
            if (file == null) throw new ArgumentNullException(nameof(file));
            var asset = CreateInstance<VaeBundleAsset>();
            asset._bytes = bytes;
            asset._file = file;
            try
            {
                asset.Describe(asset.Bundle);
            }
            catch (VaeBundleException e)
            {
                asset._problem = e.Message;
            }

            return asset;
        }

        private void Describe(VaeBundle bundle)
        {
            _size = new Vector2Int(bundle.Width, bundle.Height);
            _latentSize = bundle.LatentSize;
            _colourCount = bundle.Palette != null ? bundle.Palette.Count : 0;
            _labels = new string[bundle.Labels.Count];
            for (int i = 0; i < _labels.Length; i++) _labels[i] = bundle.Labels[i];
            var lines = new List<string>();
            foreach (var entry in bundle.Provenance) lines.Add(entry.Key + ": " + entry.Value);
            lines.Sort(string.CompareOrdinal);
            _provenance = lines.ToArray();
        }
    }
}
