using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>
    /// Shows a sprite as palette indices and colours it in a shader: another palette costs 256 texels and no decoding. Needs a
    /// bundle with a palette. Main thread only.
    /// </summary>
    [AddComponentMenu("VaeContent/Palette Swap Sprite")]
    public sealed class PaletteSwapSprite : GeneratedSpriteRenderer
    {
        private static readonly int PaletteTexture = Shader.PropertyToID("_PaletteTex");

        [SerializeField] private long _seed = 42;
        [SerializeField, Range(-180f, 180f), Tooltip("Degrees by which all hues turn.")] private float _hue;
        // the script's default reference, which takes the shader into builds
        [SerializeField, HideInInspector] private Shader? _shader;

        private Palette? _palette;
        private Texture2D? _colours;
        private Material? _material;
        private Material? _before;
        private MaterialPropertyBlock? _block;

        /// <summary>Which sprite; setting it redraws in the next frame.</summary>
        public long Seed
        {
            get => _seed;
            set
            {
                _seed = value;
                Redraw();
            }
        }

        /// <summary>
        /// The colours shown; null for the bundle's own, hues turned as the inspector says. Setting it uploads 256 texels at
        /// once. Throws ArgumentException for fewer colours than the bundle's.
        /// </summary>
        public Palette? Palette
        {
            get => _palette;
            set
            {
                if (value != null && Bundle != null && value.Count < Bundle.ColourCount)
                {
                    throw new System.ArgumentException("The bundle uses " + Bundle.ColourCount
                        + " colours; the palette given has " + value.Count + ".", nameof(value));
                }

                _palette = value;
                if (value != null) Upload(value);
                else Redraw();
            }
        }

        private protected override TextureFormat Format => TextureFormat.R8;

        private protected override void Paint(SpriteGenerator generator, Texture2D texture)
        {
            var own = generator.Bundle.Palette;
            if (own == null) throw new VaeBundleException("'" + generator.Bundle.Name
                + "' paints RGBA colours and has no palette to swap: export it with '--shades off', or use a Sprite Spawner.");
            generator.Generate(_seed, LabelOrAny, Temperature);
            texture.WriteIndices(generator.Indices, generator.Bundle.Width, generator.Bundle.Height);
            texture.Apply(false);
            Upload(_palette ?? (_hue == 0f ? own : own.ShiftHue(_hue)));
        }

        private protected override void OnDisable()
        {
            base.OnDisable();
            if (_colours != null) GeneratedSprite.Destroy(_colours);
            if (_material != null)
            {
                GetComponent<SpriteRenderer>().sharedMaterial = _before;
                GeneratedSprite.Destroy(_material);
            }

            _colours = null;
            _material = null;
        }

        private void Upload(Palette palette)
        {
            if (!isActiveAndEnabled) return;
            if (_colours == null) _colours = GeneratedSprite.NewTexture(name + " palette", 256, 1, TextureFormat.RGBA32,
                linear: false, FilterMode.Point);
            _colours.WritePalette(palette);
            _colours.Apply(false);

            var shown = GetComponent<SpriteRenderer>();
            if (_material == null)
            {
                _before = shown.sharedMaterial;
                var shader = _shader != null ? _shader : Shader.Find("VaeContent/Palette Swap");
                _material = new Material(shader) { hideFlags = HideFlags.HideAndDontSave };
                shown.sharedMaterial = _material;
            }

            _block ??= new MaterialPropertyBlock();
            shown.GetPropertyBlock(_block);
            _block.SetTexture(PaletteTexture, _colours);
            shown.SetPropertyBlock(_block);
        }
    }
}
