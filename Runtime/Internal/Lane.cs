using System;

namespace VaeContent.Internal
{
    /// <summary>
    /// A fixed number of sprites with their buffers, and the runs over them. The buffers stay when sessions go and others come. With a
    /// network prior the runs share them: what <see cref="Pass.Generate"/> writes into <see cref="Latents"/> is what <see cref="Pass.Decode"/> reads.
    /// </summary>
    internal sealed class Lane
    {
        internal readonly int Count;
        internal readonly float[] Latents; // (Count, Z)
        internal readonly float[] Sampled; // (1, Z) for Pass.Sample; empty without a network prior or where Count is above 1
        internal readonly byte[] Bytes;    // (Count, H, W) indices, or (Count, H, W, 4) RGBA

        private readonly VaeBundle _bundle;
        private readonly Prior _prior;
        private readonly int _labelCount;
        private readonly float _truncation;
        private readonly float[]? _noise;  // (Count, P): network priors only
        private readonly float[]? _labels; // (Count, L): where a part of the graph takes a label
        private BoundRun _decode = null!;
        private BoundRun _generate = null!;
        private BoundRun? _sample;

        internal Lane(VaeBundle bundle, int count, float truncation)
        {
            _truncation = truncation;
            Count = count;
            _bundle = bundle;
            _prior = bundle.Prior;
            _labelCount = bundle.Labels.Count;
            Latents = BoundRun.NewBuffer<float>(count, bundle.LatentSize);
            Sampled = _prior.IsNetwork && count == 1 ? new float[bundle.LatentSize] : Array.Empty<float>();
            Bytes = BoundRun.NewBuffer<byte>(Pixels);
            if (bundle.TakesLabel) _labels = BoundRun.NewBuffer<float>(count, _labelCount);
            if (_prior.IsNetwork) _noise = BoundRun.NewBuffer<float>(count, _prior.NoiseSize);
            for (int row = 0; row < count; row++) SetLabel(row, 0);
        }

        private long[] Pixels => _bundle.Palette != null
            ? new long[] { Count, _bundle.Height, _bundle.Width }
            : new long[] { Count, _bundle.Height, _bundle.Width, 4 };

        /// <summary>Runs on these sessions from now on.</summary>
        internal void Bind(DecoderSessions sessions)
        {
            long[] latents = { Count, _bundle.LatentSize };
            _decode = sessions.Decoder.NewRun();
            _decode.Input(BundleKeys.Z, Latents, latents);
            if (_bundle.IsConditional) BindLabels(_decode);
            _decode.Output(BundleKeys.Pixels, Bytes, Pixels);
            _generate = _decode;
            if (sessions.Whole == null || sessions.Prior == null) return;

            _generate = sessions.Whole.NewRun();
            BindNoise(_generate);
            if (_labels != null) BindLabels(_generate);
            _generate.Output(BundleKeys.Pixels, Bytes, Pixels);
            _generate.Output(BundleKeys.Z, Latents, latents);
            if (Count > 1) return;

            _sample = sessions.Prior.NewRun();
            BindNoise(_sample);
            if (_bundle.Cut!.PriorTakesLabel) BindLabels(_sample);
            _sample.Output(BundleKeys.Z, Sampled, latents);
        }

        /// <summary>Runs everything once: graphs are compiled and memory is taken now.</summary>
        internal void WarmUp()
        {
            _decode.Run();
            if (_generate != _decode) _generate.Run();
            _sample?.Run();
        }

        internal void Run(Pass pass)
        {
            if (pass == Pass.Decode) _decode.Run();
            else if (pass == Pass.Generate) _generate.Run();
            else _sample!.Run();
        }

        /// <summary>Prepares a row for <see cref="Pass.Generate"/>: its latent, or the noise it is made from, and its label.</summary>
        internal void Draw(int row, long seed, int label, float temperature)
        {
            if (_noise == null) _prior.Sample(seed, label, temperature, Row(Latents, row, _prior.LatentSize), _truncation);
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

        private void BindLabels(BoundRun run) => run.Input(BundleKeys.Label, _labels!, new long[] { Count, _labelCount });

        private void BindNoise(BoundRun run) => run.Input(BundleKeys.Noise, _noise!, new long[] { Count, _prior.NoiseSize });

        private static Span<float> Row(float[] rows, int row, int length) => new Span<float>(rows, row * length, length);
    }
}
