using System;
using System.Runtime.InteropServices;
using VaeContent.Internal;

namespace VaeContent
{
    /// <summary>
    /// Turns seeds and latents into sprites. The constructor allocates every buffer and runs once, so later calls allocate
    /// nothing and do not fail on valid arguments. Use it from one thread at a time: a call while another is under way throws
    /// <see cref="ConcurrentUseException"/>. Dispose it when done. Sprites are rows of pixels from the top left, (H, W); the next
    /// call overwrites the span, whichever thread makes it.
    /// </summary>
    public sealed partial class SpriteGenerator : IDisposable
    {
        private readonly VaeBundle _bundle;
        private readonly DecoderEngine _engine;
        private readonly Batch _single;
        private readonly Rgba32[] _colours; // (H, W), where the single batch holds indices
        private readonly DrawnLatent _from;
        private readonly DrawnLatent _to;
        private readonly ExclusiveUse _use = new ExclusiveUse(nameof(SpriteGenerator));

        /// <summary>
        /// Starts the decoder of <paramref name="bundle"/>. Throws <see cref="VaeBundleException"/> where it does not run or the
        /// device is missing, ArgumentOutOfRangeException for options out of range.
        /// </summary>
        public SpriteGenerator(VaeBundle bundle, GeneratorOptions? options = null)
            : this(bundle ?? throw new ArgumentNullException(nameof(bundle)), options?.Copy() ?? new GeneratorOptions(), null)
        {
        }

        private SpriteGenerator(VaeBundle bundle, GeneratorOptions options, Action<float>? done)
        {
            _bundle = bundle;
            _from = new DrawnLatent(bundle.LatentSize);
            _to = new DrawnLatent(bundle.LatentSize);
            _colours = bundle.Palette != null ? new Rgba32[PixelCount] : Array.Empty<Rgba32>();
            _character = bundle.Poses.Count > 0 ? new float[bundle.LatentSize] : Array.Empty<float>();
            _engine = new DecoderEngine(bundle, options, done);
            _single = _engine.Single;
        }

        /// <summary>The model this generator decodes.</summary>
        public VaeBundle Bundle => _bundle;

        /// <summary>Pixels of one sprite: width x height.</summary>
        public int PixelCount => _bundle.Width * _bundle.Height;

        /// <summary>What it computes on and why, for a log.</summary>
        public string DeviceReport => _engine.Report;

        /// <summary>What it computes on.</summary>
        internal Device Device => _engine.Decoder.Device.Kind;

        /// <summary>
        /// Palette indices, (H, W), of the last Generate, Interpolate or Decode; empty for bundles without a palette. Valid until
        /// the next call.
        /// </summary>
        public ReadOnlySpan<byte> Indices
        {
            get
            {
                _use.CheckIdle();
                return _bundle.Palette != null ? _single.Bytes : default(ReadOnlySpan<byte>);
            }
        }

        /// <summary>
        /// The latent, (Z), of the last Generate, Interpolate or Decode. Valid until the next call.
        /// </summary>
        public ReadOnlySpan<float> Latent
        {
            get
            {
                _use.CheckIdle();
                return _single.Latents;
            }
        }

        /// <summary>
        /// The sprite of <paramref name="seed"/>: (H, W) pixels, valid until the next call. A seed that would show nothing is
        /// redrawn from further noise of the same seed. Without <paramref name="label"/>, the seed chooses the label of a
        /// labelled model. <paramref name="temperature"/> 0..8: below 1 closer to the typical, above 1 wilder.
        /// <paramref name="palette"/> recolours. Throws ArgumentException for an unknown label or a palette too small.
        /// </summary>
        public ReadOnlySpan<Rgba32> Generate(long seed, string? label = null, float temperature = 1f, Palette? palette = null)
        {
            using var call = _use.Enter();
            var colours = Colours(palette);
            _single.Draw(0, seed, SeedLabel(seed, label), temperature);
            _engine.Generate(_single);
            return Finish(colours);
        }

        /// <summary>
        /// A sprite between those of two seeds: t = 0 is the first, 1 the second; t is clamped to 0..1. Latents
        /// follow <see cref="VaeContent.Latent.Slerp"/>. If the two have different labels, the labels are blended too, but
        /// characters keep the pose of the first. The two ends are kept: a further call with another t costs one decode.
        /// Otherwise as <see cref="Generate(long, string, float, Palette)"/>.
        /// </summary>
        public ReadOnlySpan<Rgba32> Interpolate(long from, long to, float t, string? label = null, float temperature = 1f,
            Palette? palette = null)
        {
            using var call = _use.Enter();
            int fromLabel = SeedLabel(from, label);
            int toLabel = _bundle.Poses.Count > 0 ? fromLabel : SeedLabel(to, label); // characters keep the pose
            return Interpolate(new Ends(from, fromLabel, to, toLabel), t, temperature, Colours(palette));
        }

        /// <summary>
        /// The sprite of <paramref name="latent"/>, (Z): (H, W) pixels, valid until the next call. A conditional model needs a
        /// <paramref name="label"/>; for others it changes nothing. Throws ArgumentException for another length, a missing or
        /// unknown label, or a palette too small.
        /// </summary>
        public ReadOnlySpan<Rgba32> Decode(ReadOnlySpan<float> latent, string? label = null, Palette? palette = null)
        {
            using var call = _use.Enter();
            var colours = Colours(palette);
            if (latent.Length != _bundle.LatentSize) throw Errors.LatentLength(latent.Length, _bundle.LatentSize, nameof(latent));
            _single.SetLabel(0, DecodeLabel(label));
            latent.CopyTo(_single.Latents);
            _engine.Decode(_single);
            return Finish(colours);
        }

        /// <summary>
        /// Writes the latent that <see cref="Generate(long, string, float, Palette)"/> decodes for the same arguments into
        /// <paramref name="z"/>, (Z). It costs as much as Generate, which redraws what would show nothing; of a character, as
        /// little as the prior. Pixels handed out earlier stay. Throws as Generate, and
        /// ArgumentException for another length.
        /// </summary>
        public void SampleLatent(long seed, Span<float> z, string? label = null, float temperature = 1f)
        {
            using var call = _use.Enter();
            if (z.Length != _bundle.LatentSize) throw Errors.LatentLength(z.Length, _bundle.LatentSize, nameof(z));
            DrawLatent(seed, SeedLabel(seed, label), temperature, z);
        }

        /// <summary>
        /// Decodes with the labels of two sprites blended, as
        /// <see cref="Interpolate(long, long, float, string, float, Palette)"/> does; indices, ignored where nothing takes a
        /// label.
        /// </summary>
        internal ReadOnlySpan<Rgba32> DecodeBlend(ReadOnlySpan<float> latent, int fromLabel, int toLabel, float t)
        {
            using var call = _use.Enter();
            if (latent.Length != _bundle.LatentSize) throw Errors.LatentLength(latent.Length, _bundle.LatentSize, nameof(latent));
            _single.SetLabel(0, fromLabel, toLabel, t);
            latent.CopyTo(_single.Latents);
            _engine.Decode(_single);
            return Finish(_bundle.Palette);
        }

        /// <summary>
        /// What a network prior computes from <paramref name="noise"/>, (P), into <paramref name="z"/>, (Z), with labels blended
        /// likewise.
        /// </summary>
        internal void LatentOf(ReadOnlySpan<float> noise, int fromLabel, int toLabel, float t, Span<float> z)
        {
            using var call = _use.Enter();
            if (!_bundle.Prior.IsNetwork) throw new InvalidOperationException("The prior is not a network.");
            _single.DrawFrom(0, noise, fromLabel, toLabel, t);
            _engine.Sample(_single);
            _single.Sampled.CopyTo(z);
        }

        /// <summary>
        /// Frees the engine's memory, after the run of another thread; later calls throw ObjectDisposedException.
        /// Spans handed out earlier stay readable. Calling it again does nothing.
        /// </summary>
        public void Dispose()
        {
            if (_use.Close()) _engine.Dispose();
        }

        /// <summary>
        /// The bare runs of the engine over the bound buffers, as they are: what a call of Generate costs at the least.
        /// </summary>
        internal void RunBound()
        {
            _single.Sample();
            _single.Decode();
        }

        private ReadOnlySpan<Rgba32> Interpolate(in Ends ends, float t, float temperature, Palette? colours)
        {
            t = t > 0f ? Math.Min(t, 1f) : 0f;
            _from.Draw(this, ends.From, ends.FromLabel, temperature);
            _to.Draw(this, ends.To, ends.ToLabel, temperature);
            VaeContent.Latent.Slerp(_from.Values, _to.Values, t, _single.Latents);
            _single.SetLabel(0, ends.FromLabel, ends.ToLabel, t);
            _engine.Decode(_single);
            return Finish(colours);
        }

        private Palette? Colours(Palette? palette)
        {
            if (palette == null) return _bundle.Palette;
            if (_bundle.Palette == null) throw Errors.NoPalette(_bundle.Name);
            if (palette.Count < _bundle.Palette.Count)
            {
                throw Errors.SmallPalette(_bundle.Name, palette.Count, _bundle.Palette.Count);
            }

            return palette;
        }

        private ReadOnlySpan<Rgba32> Finish(Palette? colours)
        {
            if (colours == null) return MemoryMarshal.Cast<byte, Rgba32>(_single.Bytes);
            colours.Apply(_single.Bytes, _colours);
            return _colours;
        }

        private void DrawLatent(long seed, int labelIndex, float temperature, Span<float> z)
        {
            var probe = _engine.Probe;
            probe.Draw(0, seed, labelIndex, temperature);
            if (_bundle.Poses.Count > 0) _engine.Sample(probe); // what a character shows changes nothing
            else _engine.Generate(probe);
            probe.Sampled.CopyTo(z);
        }

        private int SeedLabel(long seed, string? label)
        {
            if (label == null) return _bundle.Prior.PickLabel(seed);
            int index = _bundle.LabelIndex(label);
            if (!_bundle.IsConditional && !_bundle.Prior.DependsOnLabel) throw Errors.LabelHasNoEffect(_bundle.Name, label);
            return index;
        }

        private int DecodeLabel(string? label)
        {
            if (label != null) return _bundle.LabelIndex(label);
            return _bundle.IsConditional ? throw Errors.LabelNeeded(_bundle.Name, _bundle.Labels) : -1;
        }

        /// <summary>Two seeds and their labels.</summary>
        private readonly struct Ends
        {
            internal readonly long From, To;
            internal readonly int FromLabel, ToLabel;

            internal Ends(long from, int fromLabel, long to, int toLabel)
            {
                From = from;
                FromLabel = fromLabel;
                To = to;
                ToLabel = toLabel;
            }
        }

        /// <summary>A latent and what it was drawn by: a morph asks for the same two in every frame.</summary>
        private sealed class DrawnLatent
        {
            internal readonly float[] Values;
            private bool _isDrawn;
            private long _seed;
            private int _label;
            private float _temperature;

            internal DrawnLatent(int size) => Values = new float[size];

            internal void Draw(SpriteGenerator generator, long seed, int label, float temperature)
            {
                if (_isDrawn && _seed == seed && _label == label && _temperature == temperature) return;
                _isDrawn = false;
                generator.DrawLatent(seed, label, temperature, Values);
                _isDrawn = true;
                _seed = seed;
                _label = label;
                _temperature = temperature;
            }
        }
    }
}
