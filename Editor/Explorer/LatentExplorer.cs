using System;
using UnityEditor;
using UnityEngine;
using VaeContent.Unity;

namespace VaeContent.Editor
{
    /// <summary>
    /// A window to find sprites by hand: click a seed, move along the directions in which the model varies most, pin two sprites
    /// and morph, recolour, and bake what you like to PNG. Every change can be undone.
    /// </summary>
    internal sealed partial class LatentExplorer : EditorWindow
    {
        private const int Columns = 8, Rows = 8, Sliders = 8, Sample = 512, SheetColumns = 8;

        // What Undo restores.
        [SerializeField] private VaeBundleAsset? _asset;
        [SerializeField] private long _firstSeed;
        [SerializeField] private long _seed;
        [SerializeField] private int _label;
        [SerializeField] private float _temperature = 1f;
        [SerializeField] private float[] _amounts = new float[Sliders];
        [SerializeField] private float[] _pinnedA = Array.Empty<float>();
        [SerializeField] private float[] _pinnedB = Array.Empty<float>();
        [SerializeField] private bool _morphing;
        [SerializeField] private float _morph;
        [SerializeField] private float _hue;
        [SerializeField] private Color _tint = Color.white;
        [SerializeField] private float _tintAmount;

        private readonly SeedGrid _grid = new SeedGrid(Columns, Rows);
        private readonly SeedGrid _pins = new SeedGrid(2, 1);
        private GeneratorLease? _lease;
        private VaeBundleAsset? _leased;
        private VaeBundle? _known; // what directions and pictures were made with
        private PrincipalDirections? _directions;
        private Texture2D? _shown;
        private float[] _latent = Array.Empty<float>();
        private string _error = "";
        private bool _dirty = true;     // the sprite is not that of the settings
        private bool _gridDirty = true; // nor are the seeds; the pins
        private Vector2 _scroll;

        /// <summary>Opens the window on a bundle.</summary>
        internal static void Open(VaeBundleAsset asset)
        {
            var window = GetWindow<LatentExplorer>("Latent Explorer");
            window.Choose(asset);
        }

        [MenuItem("Window/VaeContent/Latent Explorer")]
        private static void OpenFromMenu() => GetWindow<LatentExplorer>("Latent Explorer");

        private void OnEnable()
        {
            minSize = new Vector2(560, 420);
            Undo.undoRedoPerformed += EverythingChanged;
            AssemblyReloadEvents.beforeAssemblyReload += Release;
        }

        private void OnDisable()
        {
            Undo.undoRedoPerformed -= EverythingChanged;
            AssemblyReloadEvents.beforeAssemblyReload -= Release;
            Release();
        }

        private void OnFocus() => EverythingChanged(); // the file may have been trained again

        private void Changed()
        {
            _dirty = true;
            Repaint();
        }

        private void EverythingChanged()
        {
            _gridDirty = true;
            Changed();
        }

        private void Choose(VaeBundleAsset? asset)
        {
            Undo.RecordObject(this, "Choose bundle");
            Release();
            _asset = asset;
            _pinnedA = Array.Empty<float>();
            _pinnedB = Array.Empty<float>();
            _morphing = false;
            _label = 0;
            Array.Clear(_amounts, 0, _amounts.Length);
            Changed();
        }

        private void Release()
        {
            _lease?.Dispose();
            _lease = null;
            _directions = null;
            _grid.Dispose();
            _pins.Dispose();
            if (_shown != null) DestroyImmediate(_shown);
            _shown = null;
            ForgetSheet();
            _error = "";
            _dirty = true;
            _gridDirty = true;
        }

        // Undo may bring another asset back, and a reimport another model.
        private SpriteGenerator Generator(VaeBundleAsset asset)
        {
            if (_leased != asset) Release();
            _leased = asset;
            var generator = (_lease ??= SharedGenerators.Acquire(asset, Device.Managed)).Generator;
            if (ReferenceEquals(_known, generator.Bundle)) return generator;
            _known = generator.Bundle;
            _directions = null;
            _gridDirty = true;
            if (_shown != null) DestroyImmediate(_shown);
            ForgetSheet();
            return generator;
        }

        /// <summary>Makes the pictures agree with the settings.</summary>
        private void Refresh(VaeBundleAsset asset)
        {
            _dirty = false;
            _error = "";
            try
            {
                var generator = Generator(asset);
                string? label = Labels.Name(asset, _label);
                _directions ??= Directions(generator);
                if (_gridDirty) FillGrids(generator, label);
                _gridDirty = false;
                Latent(generator, label);
                Show(generator);
            }
            catch (Exception e) when (e is VaeBundleException || e is DllNotFoundException || e is ArgumentException)
            {
                _error = e.Message;
            }
        }

        private void FillGrids(SpriteGenerator generator, string? label)
        {
            _grid.Generate(generator, _firstSeed, label, _temperature, Colours(generator.Bundle));
            if (HasPin(_pinnedA)) _pins.Put(0, Decode(generator, _pinnedA), generator.Bundle);
            if (HasPin(_pinnedB)) _pins.Put(1, Decode(generator, _pinnedB), generator.Bundle);
        }

        private bool HasPin(float[] pin) => _asset != null && pin.Length > 0 && pin.Length == _asset.LatentSize;

        private static PrincipalDirections Directions(SpriteGenerator generator)
        {
            int size = generator.Bundle.LatentSize;
            var latents = new float[Sample * size];
            for (int i = 0; i < Sample; i++) generator.SampleLatent(i, new Span<float>(latents, i * size, size));
            return new PrincipalDirections(latents, Sample);
        }

        // The point between the two pins, or the seed's latent moved along the sliders.
        private void Latent(SpriteGenerator generator, string? label)
        {
            int size = generator.Bundle.LatentSize;
            if (_latent.Length != size) _latent = new float[size];
            if (_morphing && HasPin(_pinnedA) && HasPin(_pinnedB))
            {
                VaeContent.Latent.Slerp(_pinnedA, _pinnedB, _morph, _latent);
                return;
            }

            generator.SampleLatent(_seed, _latent, label, _temperature);
            _directions?.Move(_latent, _amounts);
        }

        private void Show(SpriteGenerator generator)
        {
            var bundle = generator.Bundle;
            if (_shown == null)
            {
                _shown = new Texture2D(bundle.Width, bundle.Height, TextureFormat.RGBA32, false)
                {
                    filterMode = FilterMode.Point,
                    hideFlags = HideFlags.HideAndDontSave
                };
            }

            _shown.Write(Decode(generator, _latent), bundle.Width, bundle.Height);
            _shown.Apply(false);
            ShowSheet(generator);
        }

        // A conditional decoder needs a label even where the person chose "any".
        private ReadOnlySpan<Rgba32> Decode(SpriteGenerator generator, ReadOnlySpan<float> latent)
        {
            var bundle = generator.Bundle;
            string? label = _asset != null ? Labels.Name(_asset, _label) : null;
            if (label == null && bundle.IsConditional) label = bundle.Labels[bundle.Prior.PickLabel(_seed)];
            return generator.Decode(latent, label, Colours(bundle));
        }

        private Palette? Colours(VaeBundle bundle)
        {
            var palette = bundle.Palette;
            if (palette == null) return null;
            if (_hue != 0) palette = palette.ShiftHue(_hue);
            Color32 tint = _tint;
            return _tintAmount > 0 ? palette.Tint(new Rgba32(tint.r, tint.g, tint.b), _tintAmount) : palette;
        }
    }
}
