using System;

namespace VaeContent.Internal
{
    /// <summary>
    /// A fixed number of sprites with their buffers, and the runs over them. With a network prior both runs share the buffers: what
    /// <see cref="Generate"/> writes into <see cref="Latents"/> is what <see cref="Decode"/> reads.
    /// </summary>
    internal sealed class Lane
    {
        internal readonly int Count;
        internal readonly float[] Latents; // (Count, Z)
        internal readonly byte[] Bytes;    // (Count, H, W) indices, or (Count, H, W, 4) RGBA

        private readonly Prior _prior;
        private readonly int _labelCount;
        private readonly float[]? _noise;  // (Count, P): network priors only
        private readonly float[]? _labels; // (Count, L): where a part of the graph takes a label
        private readonly BoundRun _decode;
        private readonly BoundRun _generate;

        /// <summary><paramref name="whole"/>: prior and decoder in one, for network priors; null for the others.</summary>
        internal Lane(VaeBundle bundle, ModelSession decoder, ModelSession? whole, int count)
        {
            Count = count;
            _prior = bundle.Prior;
            _labelCount = bundle.Labels.Count;
            long[] latents = { count, bundle.LatentSize }, labels = { count, _labelCount }, noise = { count, _prior.NoiseSize };
            long[] pixels = bundle.Palette != null
                ? new long[] { count, bundle.Height, bundle.Width }
                : new long[] { count, bundle.Height, bundle.Width, 4 };
            Latents = BoundRun.NewBuffer<float>(latents);
            Bytes = BoundRun.NewBuffer<byte>(pixels);
            if (bundle.TakesLabel) _labels = BoundRun.NewBuffer<float>(labels);
            for (int row = 0; row < count; row++) SetLabel(row, 0);

            _decode = decoder.NewRun();
            decoder.Prepare(() =>
            {
                _decode.Input(BundleKeys.Z, Latents, latents);
                if (bundle.IsConditional) _decode.Input(BundleKeys.Label, _labels!, labels);
                _decode.Output(BundleKeys.Pixels, Bytes, pixels);
                _decode.Run();
            });
            _generate = _decode;
            if (whole == null) return;

            var input = _noise = BoundRun.NewBuffer<float>(noise);
            var run = _generate = whole.NewRun();
            whole.Prepare(() =>
            {
                run.Input(BundleKeys.Noise, input, noise);
                if (_labels != null) run.Input(BundleKeys.Label, _labels, labels);
                run.Output(BundleKeys.Pixels, Bytes, pixels);
                run.Output(BundleKeys.Z, Latents, latents);
                run.Run();
            });
        }

        /// <summary>Latents to pixels.</summary>
        internal void Decode() => _decode.Run();

        /// <summary>What <see cref="Draw"/> left to pixels; with a network prior to latents too.</summary>
        internal void Generate() => _generate.Run();

        /// <summary>Prepares a row for <see cref="Generate"/>: its latent, or the noise it is made from, and its label.</summary>
        internal void Draw(int row, long seed, int label, float temperature)
        {
            if (_noise == null) _prior.Sample(seed, label, temperature, Row(Latents, row, _prior.LatentSize));
            else Prior.SampleNoise(seed, temperature, Row(_noise, row, _prior.NoiseSize));
            SetLabel(row, label);
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

        private static Span<float> Row(float[] rows, int row, int length) => new Span<float>(rows, row * length, length);
    }
}
