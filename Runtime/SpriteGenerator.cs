using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using VaeContent.Internal;

namespace VaeContent
{
    /// <summary>
    /// Turns seeds and latents into sprites. The constructor allocates every buffer and runs once, so later calls allocate nothing and
    /// do not fail on a good argument. Use it from one thread at a time; dispose it when done. Sprites are rows of pixels from the
    /// top left, (H, W).
    /// </summary>
    public sealed partial class SpriteGenerator : IDisposable
    {
        private readonly VaeBundle _bundle;
        private readonly ModelSession _session;
        private readonly Lane _single;
        private readonly Lane[] _lanes; // smallest first: 1, 4, 16, ... sprites, then a full batch
        private readonly float[] _from;
        private readonly float[] _to;
        private bool _disposed;

        /// <summary>
        /// Starts the decoder of <paramref name="bundle"/>. Throws <see cref="VaeBundleException"/> where it does not run or the device
        /// is missing, ArgumentOutOfRangeException for options out of range.
        /// </summary>
        public SpriteGenerator(VaeBundle bundle, GeneratorOptions? options = null)
        {
            _bundle = bundle ?? throw new ArgumentNullException(nameof(bundle));
            options ??= new GeneratorOptions();
            _from = new float[bundle.LatentSize];
            _to = new float[bundle.LatentSize];
            _session = new ModelSession(bundle.Name, bundle.Bytes, options);
            try
            {
                // Large sprites go in smaller batches: 64 MiB of pixels at most.
                int batch = Math.Max(1, Math.Min(options.BatchSize, (64 << 20) / (PixelCount * 4)));
                var lanes = new List<Lane>();
                for (int size = 1; size < batch; size *= 4) lanes.Add(new Lane(bundle, _session, size));
                lanes.Add(new Lane(bundle, _session, batch));
                _lanes = lanes.ToArray();
                _single = _lanes[0];
            }
            catch
            {
                _session.Dispose();
                throw;
            }
        }

        /// <summary>The model this generator decodes.</summary>
        public VaeBundle Bundle => _bundle;

        /// <summary>Pixels of one sprite: width x height.</summary>
        public int PixelCount => _bundle.Width * _bundle.Height;

        /// <summary>What it computes on and why, for a log.</summary>
        public string DeviceReport => _session.DeviceReport;

        /// <summary>
        /// Palette indices, (H, W), of the last Generate, Interpolate or Decode; empty for bundles without a palette. Valid until the
        /// next call.
        /// </summary>
        public ReadOnlySpan<byte> Indices => _bundle.Palette != null ? _single.Bytes : default(ReadOnlySpan<byte>);

        /// <summary>
        /// The sprite of <paramref name="seed"/>: (H, W) pixels, valid until the next call. Without <paramref name="label"/> a labelled
        /// model draws one by the seed. <paramref name="temperature"/> 0..8: below 1 nearer to the typical, above 1 wilder.
        /// <paramref name="palette"/> recolours. Throws ArgumentException for an unknown label or a palette too small.
        /// </summary>
        public ReadOnlySpan<Rgba32> Generate(long seed, string? label = null, float temperature = 1f, Palette? palette = null)
        {
            var colours = Begin(palette);
            int labelIndex = SeedLabel(seed, label);
            _bundle.Prior.Sample(seed, labelIndex, temperature, _single.Latents);
            _single.SetLabel(0, labelIndex);
            return Finish(colours);
        }

        /// <summary>
        /// A sprite between those of two seeds: t = 0 is the first, 1 the second; t is clamped to 0..1. Latents follow <see cref="Latent.Slerp"/>; where both
        /// drew different labels, the labels are blended too. Otherwise as <see cref="Generate"/>.
        /// </summary>
        public ReadOnlySpan<Rgba32> Interpolate(long from, long to, float t, string? label = null, float temperature = 1f,
            Palette? palette = null)
        {
            var colours = Begin(palette);
            t = t > 0f ? Math.Min(t, 1f) : 0f;
            int fromLabel = SeedLabel(from, label), toLabel = SeedLabel(to, label);
            _bundle.Prior.Sample(from, fromLabel, temperature, _from);
            _bundle.Prior.Sample(to, toLabel, temperature, _to);
            Latent.Slerp(_from, _to, t, _single.Latents);
            _single.SetLabel(0, fromLabel, toLabel, t);
            return Finish(colours);
        }

        /// <summary>
        /// The sprite of <paramref name="latent"/>, (Z): (H, W) pixels, valid until the next call. A conditional model needs a
        /// <paramref name="label"/>; for others it changes nothing. Throws ArgumentException for another length, a missing or unknown
        /// label, or a palette too small.
        /// </summary>
        public ReadOnlySpan<Rgba32> Decode(ReadOnlySpan<float> latent, string? label = null, Palette? palette = null)
        {
            var colours = Begin(palette);
            if (latent.Length != _bundle.LatentSize) throw Errors.LatentLength(latent.Length, _bundle.LatentSize, nameof(latent));
            _single.SetLabel(0, DecodeLabel(label));
            latent.CopyTo(_single.Latents);
            return Finish(colours);
        }

        /// <summary>Writes the latent that <see cref="Generate"/> decodes for the same arguments into <paramref name="destination"/>, (Z).</summary>
        public void SampleLatent(long seed, Span<float> destination, string? label = null, float temperature = 1f) =>
            _bundle.Prior.Sample(seed, SeedLabel(seed, label), temperature, destination);

        /// <summary>Frees the engine's memory. Spans handed out earlier stay readable. Calling it again does nothing.</summary>
        public void Dispose()
        {
            if (_disposed) return;
            _disposed = true;
            _session.Dispose();
        }

        /// <summary>One bare run of the engine over the bound buffers, as they are: what a call costs at the least.</summary>
        internal void RunBound() => _single.Run.Run();

        private Palette? Begin(Palette? palette)
        {
            if (_disposed) throw Errors.Disposed(nameof(SpriteGenerator));
            if (palette == null) return _bundle.Palette;
            if (_bundle.Palette == null) throw Errors.NoPalette(_bundle.Name);
            if (palette.Count < _bundle.Palette.Count) throw Errors.SmallPalette(_bundle.Name, palette.Count, _bundle.Palette.Count);
            return palette;
        }

        private ReadOnlySpan<Rgba32> Finish(Palette? colours)
        {
            _single.Run.Run();
            if (colours != null) colours.Apply(_single.Bytes, _single.Colours);
            GC.KeepAlive(this); // else a finaliser could free the session in the middle of the run
            return colours != null ? _single.Colours : MemoryMarshal.Cast<byte, Rgba32>(_single.Bytes);
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

        /// <summary>A run of a fixed number of sprites with its buffers.</summary>
        private sealed class Lane
        {
            internal readonly int Count;
            internal readonly BoundRun Run;
            internal readonly float[] Latents;   // (Count, Z)
            internal readonly float[]? Labels;   // (Count, L)
            internal readonly byte[] Bytes;      // (Count, H, W) indices, or (Count, H, W, 4) RGBA
            internal readonly Rgba32[] Colours;  // (1, H, W), where Bytes are indices and the caller brings no destination

            private readonly int _labelCount;

            internal Lane(VaeBundle bundle, ModelSession session, int count)
            {
                Count = count;
                Run = session.NewRun();
                _labelCount = bundle.Labels.Count;
                bool indexed = bundle.Palette != null;
                Colours = indexed && count == 1 ? new Rgba32[bundle.Width * bundle.Height] : Array.Empty<Rgba32>();
                float[] latents = Array.Empty<float>();
                float[]? labels = null;
                byte[] bytes = Array.Empty<byte>();
                session.Prepare(() =>
                {
                    latents = Run.Input<float>(BundleKeys.Z, count, bundle.LatentSize);
                    if (bundle.IsConditional) labels = Run.Input<float>(BundleKeys.Label, count, _labelCount);
                    bytes = indexed
                        ? Run.Output<byte>(BundleKeys.Pixels, count, bundle.Height, bundle.Width)
                        : Run.Output<byte>(BundleKeys.Pixels, count, bundle.Height, bundle.Width, 4);
                    for (int i = 0; labels != null && i < count; i++) labels[i * _labelCount] = 1f;
                    Run.Run();
                });
                Latents = latents;
                Labels = labels;
                Bytes = bytes;
            }

            internal void SetLabel(int row, int label) => SetLabel(row, label, label, 0f);

            internal void SetLabel(int row, int from, int to, float t)
            {
                if (Labels == null) return;
                var weights = new Span<float>(Labels, row * _labelCount, _labelCount);
                weights.Clear();
                weights[from] += 1f - t;
                weights[to] += t;
            }
        }
    }
}
