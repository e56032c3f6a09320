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

        private const int MostRedraws = 8;

        private readonly VaeBundle _bundle;
        private readonly Prior _prior;
        private readonly int _labelCount;
        private readonly float _truncation;
        private readonly Draws[] _draws;   // (Count): what each row was drawn by
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
            _draws = new Draws[count];
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
            // A character keeps its latent in every pose, whatever one of them shows.
            int left = _bundle.Poses.Count > 0 ? 0 : MostRedraws;
            _draws[row] = new Draws { Seed = seed, Label = label, Temperature = temperature, Left = left };
            Draw(row, Streams.Noise);
            SetLabel(row, label);
        }

        /// <summary>A row whose latent is given, so that it is never drawn again.</summary>
        internal void Give(int row, int label)
        {
            _draws[row].Left = 0;
            SetLabel(row, label);
        }

        /// <summary>
        /// Redraws those rows of seeds that show nothing, from the next stream of noise of the seed, so that a seed stays the
        /// same sprite in every batch; false where there are none, or nothing is left to try.
        /// </summary>
        internal bool RedrawBlank()
        {
            bool any = false;
            for (int row = 0; row < Count; row++)
            {
                if (_draws[row].Left == 0 || !IsBlank(row)) continue;
                Draw(row, Streams.FirstRedraw + MostRedraws - _draws[row].Left--);
                any = true;
            }

            return any;
        }

        /// <summary>The same for a network prior that starts from given noise.</summary>
        internal void DrawFrom(int row, ReadOnlySpan<float> noise, int from, int to, float t)
        {
            _draws[row].Left = 0;
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

        /// <summary>A piece of that; true once it is done.</summary>
        internal bool SampleStep() => _sample?.Step() ?? true;

        /// <summary>From <see cref="Latents"/> and labels to <see cref="Bytes"/>.</summary>
        internal void Decode() => _decode.Run();

        /// <summary>A piece of that; true once it is done.</summary>
        internal bool DecodeStep() => _decode.Step();

        private void Draw(int row, int stream)
        {
            var draw = _draws[row];
            if (_noise != null)
            {
                Prior.SampleNoise(draw.Seed, draw.Temperature, _truncation, Row(_noise, row, _prior.NoiseSize), stream);
                return;
            }

            _prior.Sample(draw.Seed, draw.Label, draw.Temperature, Row(Sampled, row, _prior.LatentSize), _truncation, stream);
        }

        // Index 0 is the transparent one; of RGBA, alpha counts.
        private bool IsBlank(int row)
        {
            int size = Bytes.Length / Count;
            var bytes = new ReadOnlySpan<byte>(Bytes, row * size, size);
            int step = _bundle.Palette != null ? 1 : 4;
            for (int i = step - 1; i < bytes.Length; i += step)
            {
                if (bytes[i] != 0) return false;
            }

            return true;
        }

        private void BindLabels(BoundRun run) => run.Input(BundleKeys.Label, _labels!, new long[] { Count, _labelCount });

        private static Span<float> Row(float[] rows, int row, int length) => new Span<float>(rows, row * length, length);

        /// <summary>What a row was drawn by, and how often it may still be redrawn.</summary>
        private struct Draws
        {
            internal long Seed;
            internal int Label;
            internal float Temperature;
            internal int Left;
        }
    }
}
