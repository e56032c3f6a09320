using System;

namespace VaeContent.Internal
{
    /// <summary>
    /// A fixed number of sprites with their buffers, and the runs over them. The buffers stay when a decoder's session goes and
    /// another comes. The prior writes into <see cref="Sampled"/>, the decoder reads <see cref="Latents"/>: drawing a latent
    /// leaves the last one alone.
    /// </summary>
    internal sealed class Batch
    {
        internal readonly int Count;
        internal readonly float[] Sampled; // (Count, Z) latents of the rows drawn
        internal readonly float[] Latents; // (Count, Z) latents to decode
        internal readonly byte[] Bytes;    // (Count, H, W) indices, or (Count, H, W, 4) RGBA

        private readonly VaeBundle _bundle;
        private readonly Prior _prior;
        private readonly int _labelCount;
        private readonly float _truncation;
        private readonly float[]? _noise;  // (Count, P): network priors only
        private readonly float[]? _labels; // (Count, L): where the prior's network or the decoder takes a label
        private BoundRun? _sample;
        private BoundRun _decode = null!;

        internal Batch(VaeBundle bundle, int count, float truncation)
        {
            _truncation = truncation;
            Count = count;
            _bundle = bundle;
            _prior = bundle.Prior;
            _labelCount = bundle.Labels.Count;
            Sampled = BoundRun.NewBuffer<float>(count, bundle.LatentSize);
            Latents = BoundRun.NewBuffer<float>(count, bundle.LatentSize);
            Bytes = BoundRun.NewBuffer<byte>(Pixels);
            if (bundle.IsConditional || PriorTakesLabel) _labels = BoundRun.NewBuffer<float>(count, _labelCount);
            if (_prior.IsNetwork) _noise = BoundRun.NewBuffer<float>(count, _prior.NoiseSize);
            for (int row = 0; row < count; row++) SetLabel(row, 0);
        }

        private bool PriorTakesLabel => _prior.IsNetwork && _prior.DependsOnLabel;

        private long[] Pixels => _bundle.Palette != null
            ? new long[] { Count, _bundle.Height, _bundle.Width }
            : new long[] { Count, _bundle.Height, _bundle.Width, 4 };

        /// <summary>Samples by this session of the prior's network from now on.</summary>
        internal void BindPrior(ModelSession session)
        {
            _sample = session.NewRun();
            _sample.Input(BundleKeys.Noise, _noise!, new long[] { Count, _prior.NoiseSize });
            if (PriorTakesLabel) BindLabels(_sample);
            _sample.Output(BundleKeys.Z, Sampled, new long[] { Count, _prior.LatentSize });
        }

        /// <summary>Decodes by this session from now on.</summary>
        internal void BindDecoder(ModelSession session)
        {
            _decode = session.NewRun();
            _decode.Input(BundleKeys.Z, Latents, new long[] { Count, _prior.LatentSize });
            if (_bundle.IsConditional) BindLabels(_decode);
            _decode.Output(BundleKeys.Pixels, Bytes, Pixels);
        }

        /// <summary>
        /// Prepares a row for <see cref="Sample"/>: its latent, or the noise that a network makes it from, and its label.
        /// </summary>
        internal void Draw(int row, long seed, int label, float temperature)
        {
            if (_noise == null) _prior.Sample(seed, label, temperature, Row(Sampled, row, _prior.LatentSize), _truncation);
            else Prior.SampleNoise(seed, temperature, _truncation, Row(_noise, row, _prior.NoiseSize));
            SetLabel(row, label);
        }

        /// <summary>The same for a network prior that starts from given noise.</summary>
        internal void DrawFrom(int row, ReadOnlySpan<float> noise, int from, int to, float t)
        {
            noise.CopyTo(Row(_noise!, row, _prior.NoiseSize));
            SetLabel(row, from, to, t);
        }

        internal void SetLabel(int row, int label) => SetLabel(row, label, label, 0f);

        internal void SetLabel(int row, int from, int to, float t)
        {
            if (_labels == null || from < 0) return; // a decoder may need none where the prior takes one
            var weights = Row(_labels, row, _labelCount);
            weights.Clear();
            weights[from] += 1f - t;
            weights[to] += t;
        }

        /// <summary>Completes <see cref="Sampled"/>: a network runs, the other priors have drawn it already.</summary>
        internal void Sample() => _sample?.Run();

        /// <summary>From <see cref="Latents"/> and labels to <see cref="Bytes"/>.</summary>
        internal void Decode() => _decode.Run();

        private void BindLabels(BoundRun run) => run.Input(BundleKeys.Label, _labels!, new long[] { Count, _labelCount });

        private static Span<float> Row(float[] rows, int row, int length) => new Span<float>(rows, row * length, length);
    }
}
