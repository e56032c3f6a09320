using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using VaeContent.Internal;

namespace VaeContent
{
    /// <summary>
    /// Turns sprites into posteriors q(z given sprite), for tools. Allocates nothing after construction. Use it from one thread
    /// at a time: a call while another is under way throws <see cref="ConcurrentUseException"/>. Dispose it when done.
    /// </summary>
    public sealed class SpriteEncoder : IDisposable
    {
        private readonly EncoderBundle _bundle;
        private readonly ModelSession _session;
        private readonly int _batch;
        private readonly ExclusiveUse _use = new ExclusiveUse(nameof(SpriteEncoder));

        private BoundRun _run = null!;
        private byte[] _sprites = null!;  // (batch, H, W, 4)
        private float[]? _labels;         // (batch, L)
        private readonly float[] _one, _oneLogVar; // (Z)
        private float[] _mu = null!;      // (batch, Z)
        private float[] _logVar = null!;  // (batch, Z)

        /// <summary>
        /// Starts the encoder of <paramref name="bundle"/>. Throws as <see cref="SpriteGenerator"/>'s constructor.
        /// </summary>
        public SpriteEncoder(EncoderBundle bundle, GeneratorOptions? options = null)
            : this(bundle, options, null)
        {
        }

        internal SpriteEncoder(EncoderBundle bundle, GeneratorOptions? options, IReadOnlyList<ComputeDevice>? accelerators)
        {
            _bundle = bundle ?? throw new ArgumentNullException(nameof(bundle));
            options ??= new GeneratorOptions();
            _one = new float[bundle.LatentSize];
            _oneLogVar = new float[bundle.LatentSize];
            _batch = bundle.Graph.MostAtOnce(Math.Min(options.BatchSize, (16 << 20) / (PixelCount * 4)), onCpu: true);
            var choice = new DeviceChoice(bundle.Name, options, accelerators);
            _session = choice.Start(device => BindAndRun(device.Start(bundle.Bytes, options)));
            DeviceReport = choice.Report;
        }

        /// <summary>Pixels of one sprite: width x height.</summary>
        public int PixelCount => _bundle.Width * _bundle.Height;

        /// <summary>The encoder's file, for messages.</summary>
        internal string Name => _bundle.Name;

        /// <summary>The id of the trained weights.</summary>
        internal string Model => _bundle.Model;

        /// <summary>What it computes on and why, for a log.</summary>
        public string DeviceReport { get; }

        /// <summary>
        /// Encodes <paramref name="count"/> sprites, (count, H, W), straight alpha, into <paramref name="mu"/> and
        /// <paramref name="logVar"/>, both (count, Z). <paramref name="labels"/>: one label index per sprite for conditional
        /// models,
        /// empty for others. Throws ArgumentException for other lengths or labels.
        /// </summary>
        public void Encode(ReadOnlySpan<Rgba32> sprites, int count, Span<float> mu, Span<float> logVar,
            ReadOnlySpan<int> labels = default)
        {
            using var call = _use.Enter();
            Run(sprites, count, mu, logVar, labels);
        }

        /// <summary>
        /// The latent of one character, (Z), from some of its frames, (labels, H, W), straight alpha: the mean of their
        /// posteriors' means. <paramref name="labels"/> says what each frame shows, see <see cref="VaeBundle.PoseLabel"/>. Throws
        /// ArgumentException for other lengths or labels, or without a frame.
        /// </summary>
        public void EncodeCharacter(ReadOnlySpan<Rgba32> frames, ReadOnlySpan<int> labels, Span<float> latent)
        {
            using var call = _use.Enter();
            Check(nameof(latent), latent.Length, _bundle.LatentSize, "latent size");
            if (labels.Length == 0) throw Errors.NoFrames();
            Check(nameof(frames), frames.Length, (long)labels.Length * PixelCount, "labels x width x height");
            latent.Clear();
            for (int i = 0; i < labels.Length; i++)
            {
                Run(frames.Slice(i * PixelCount, PixelCount), 1, _one, _oneLogVar, labels.Slice(i, 1));
                for (int d = 0; d < latent.Length; d++) latent[d] += _one[d] / labels.Length;
            }
        }

        private void Run(ReadOnlySpan<Rgba32> sprites, int count, Span<float> mu, Span<float> logVar, ReadOnlySpan<int> labels)
        {
            int z = _bundle.LatentSize;
            if (count < 0) throw Errors.Count(count);
            Check(nameof(sprites), sprites.Length, (long)count * PixelCount, "count x width x height");
            Check(nameof(mu), mu.Length, (long)count * z, "count x latent size");
            Check(nameof(logVar), logVar.Length, (long)count * z, "count x latent size");
            Check(nameof(labels), labels.Length, _bundle.IsConditional ? count : 0,
                _bundle.IsConditional ? "count" : "none, as the model is not conditional");
            foreach (int label in labels)
            {
                if (label < 0 || label >= _bundle.Labels.Count) throw Errors.SpriteLabel(label, _bundle.Labels.Count);
            }

            for (int done = 0; done < count;)
            {
                _use.CheckOpen();
                int size = Math.Min(_batch, count - done); // a short last batch leaves old sprites in the rows beyond it
                CopyPixels(sprites.Slice(done * PixelCount, size * PixelCount));
                if (_labels != null) CopyLabels(labels.Slice(done, size));
                _run.Run();
                new ReadOnlySpan<float>(_mu, 0, size * z).CopyTo(mu.Slice(done * z));
                new ReadOnlySpan<float>(_logVar, 0, size * z).CopyTo(logVar.Slice(done * z));
                done += size;
            }
        }

        /// <summary>
        /// Frees the engine's memory, after the run of another thread; later calls throw ObjectDisposedException.
        /// Calling it again does nothing.
        /// </summary>
        public void Dispose()
        {
            if (_use.Close()) _session.Dispose();
        }

        private ModelSession BindAndRun(ModelSession session)
        {
            try
            {
                int n = _batch, z = _bundle.LatentSize, labels = _bundle.Labels.Count;
                _run = session.NewRun();
                _run.Input(BundleKeys.Sprites, _sprites = new byte[n * PixelCount * 4],
                    new long[] { n, _bundle.Height, _bundle.Width, 4 });
                if (_bundle.IsConditional)
                {
                    _run.Input(BundleKeys.Label, _labels = new float[n * labels], new long[] { n, labels });
                    for (int i = 0; i < n; i++) _labels[i * labels] = 1f;
                }

                _run.Output(BundleKeys.Mu, _mu = new float[n * z], new long[] { n, z });
                _run.Output(BundleKeys.LogVar, _logVar = new float[n * z], new long[] { n, z });
                _run.Run();
                return session;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }

        // The encoder was trained on sprites whose invisible pixels have no colour.
        private void CopyPixels(ReadOnlySpan<Rgba32> pixels)
        {
            var to = MemoryMarshal.Cast<byte, Rgba32>(_sprites.AsSpan());
            for (int i = 0; i < pixels.Length; i++) to[i] = pixels[i].A == 0 ? default : pixels[i];
        }

        private void CopyLabels(ReadOnlySpan<int> labels)
        {
            Array.Clear(_labels!, 0, _labels!.Length);
            for (int i = 0; i < labels.Length; i++) _labels[i * _bundle.Labels.Count + labels[i]] = 1f;
            for (int i = labels.Length; i < _batch; i++) _labels[i * _bundle.Labels.Count] = 1f;
        }

        private static void Check(string parameter, int found, long expected, string what)
        {
            if (found != expected) throw Errors.Length(parameter, found, expected, what);
        }
    }
}
