using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using VaeContent.Internal.Graphs;

namespace VaeContent.Internal
{
    /// <summary>
    /// The checks both kinds of bundle share, and the parsing of metadata. Everything is checked here, without ONNX Runtime, so
    /// that a bad file fails at load with a message of our own.
    /// </summary>
    internal sealed class BundleReader
    {
        internal const long LargestFile = 256L << 20;

        private const int LargestSide = 1024, LargestLatent = 4096, MostLabels = 4096;
        private const int LongestRow = 32768; // the largest latent in base64 has 21848 characters

        private const string InPrior = ", in its prior network,";

        private readonly OnnxModel _model;

        internal BundleReader(byte[] bytes, string name, string kind)
        {
            Name = name;
            Bytes = bytes;
            if (bytes.Length == 0) throw Errors.Empty(name);
            if (bytes.LongLength > LargestFile) throw Errors.TooLarge(name, bytes.LongLength, LargestFile);
            if (bytes.AsSpan().StartsWith(Encoding.ASCII.GetBytes("version https://git-lfs"))) throw Errors.GitLfs(name);
            _model = Try("", () => OnnxModel.Read(bytes));
            CheckKind(kind);
            ReadGraph(_model, bytes, "");
            Model = ReadModelId();
            ReadSize();
            LatentSize = Whole(BundleKeys.Latent, Required(BundleKeys.Latent), 1, LargestLatent);
            Labels = ReadLabels();
        }

        internal string Name { get; }

        internal byte[] Bytes { get; }

        /// <summary>The id of the trained weights, the same in a decoder and its encoder.</summary>
        internal string Model { get; }

        internal int Width { get; private set; }

        internal int Height { get; private set; }

        internal int LatentSize { get; }

        internal string[] Labels { get; }

        /// <summary>What <see cref="CheckGraph(TensorInfo, TensorInfo[])"/> has checked.</summary>
        internal CheckedGraph? Graph { get; private set; }

        internal static byte[] ReadFile(string path, out string name)
        {
            if (path == null) throw new ArgumentNullException(nameof(path));
            try
            {
                name = Path.GetFileName(path);
                if (Directory.Exists(path)) throw Errors.IsFolder(path);
                using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
                if (file.Length > LargestFile) throw Errors.TooLarge(name, file.Length, LargestFile);
                var bytes = new byte[file.Length];
                int filled = 0;
                for (int read = 1; read > 0 && filled < bytes.Length; filled += read)
                {
                    read = file.Read(bytes, filled, bytes.Length - filled);
                }

                if (filled < bytes.Length) throw new EndOfStreamException("it became shorter while being read.");
                return bytes;
            }
            catch (Exception e) when (e is FileNotFoundException || e is DirectoryNotFoundException || path.Length == 0)
            {
                throw Errors.Missing(path);
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException || e is ArgumentException
                || e is NotSupportedException)
            {
                throw Errors.Unreadable(path, e);
            }
        }

        /// <summary>
        /// Checks the graph's inputs and outputs. The label input, (N, L), is allowed beside <paramref name="input"/>: true where
        /// the graph takes it.
        /// </summary>
        internal bool CheckGraph(TensorInfo input, params TensorInfo[] outputs)
        {
            bool takesLabel = CheckGraph(_model, "", input, outputs);
            Graph = Try("", () => new CheckedGraph(_model));
            return takesLabel;
        }

        /// <summary>
        /// Checks and returns the model of a network prior, which makes latents of <paramref name="noiseSize"/> numbers each, and
        /// says whether it takes a label.
        /// </summary>
        internal PriorNetwork PriorNetwork(int noiseSize, out bool takesLabel)
        {
            var bytes = _model.PriorNetwork ?? throw Errors.NoPriorNetwork(Name);
            var prior = Try(InPrior, () => OnnxModel.Read(bytes));
            ReadGraph(prior, bytes, InPrior);
            var noise = new TensorInfo(BundleKeys.Noise, TensorInfo.Float, TensorInfo.Free, noiseSize);
            var latent = new TensorInfo(BundleKeys.Z, TensorInfo.Float, TensorInfo.Free, LatentSize);
            takesLabel = CheckGraph(prior, InPrior, noise, latent);
            return new PriorNetwork(bytes, Try(InPrior, () => new CheckedGraph(prior)));
        }

        internal string? Optional(string key) => _model.Metadata.TryGetValue(key, out string value) ? value : null;

        internal string Required(string key, string because = "") => Optional(key) ?? throw Errors.NoKey(Name, key, because);

        internal int Whole(string key, string text, int least, int most) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
                && value >= least && value <= most
                ? value
                : throw Bad(key, text, "a whole number from " + least + " to " + most);

        /// <summary>At most <paramref name="count"/> numbers.</summary>
        internal int[] Wholes(string key, string text, int least, int most, int count)
        {
            var words = text.Split(' ', count + 1);
            if (words.Length > count) throw Errors.Metadata(Name, key, "a longer list", "at most " + count);
            return words.Select(number => Whole(key, number, least, most)).ToArray();
        }

        internal string[] Rows(string key, string text, int most)
        {
            int rows = 1 + text.Count(c => c == '\n');
            if (rows > most) throw Errors.Metadata(Name, key, "a list of " + rows + " rows", "at most " + most);
            var split = text.Split('\n');
            int longest = split.Max(row => row.Length);
            return longest <= LongestRow ? split
                : throw Errors.Metadata(Name, key, "a row of " + longest + " characters", "at most " + LongestRow);
        }

        /// <summary>Whether a name of a label or exemplar can be shown on one line.</summary>
        internal static bool IsName(string text) => text.Length > 0 && !text.Any(char.IsControl);

        internal VaeBundleException Bad(string key, string found, string expected) =>
            Errors.Metadata(Name, key, Errors.Show(found), expected);

        private T Try<T>(string part, Func<T> read)
        {
            try
            {
                return read();
            }
            catch (InvalidDataException e)
            {
                throw Errors.Damaged(Name, part, e);
            }
        }

        private void ReadGraph(OnnxModel model, byte[] bytes, string part)
        {
            CheckOperators(model, part);
            Try(part, () =>
            {
                model.ReadGraph(bytes);
                return true;
            });
        }

        private void CheckKind(string kind)
        {
            string? format = Optional(BundleKeys.Format);
            if (format == null) throw Errors.NotABundle(Name);
            int version = Whole(BundleKeys.Format, format, 1, int.MaxValue);
            if (version != BundleKeys.FormatVersion) throw Errors.Format(Name, version);
            if (!BundleSeal.IsIntact(Bytes)) throw Errors.Altered(Name);

            string found = Required(BundleKeys.Kind);
            if (found != kind && found == BundleKeys.Encoder) throw Errors.IsEncoder(Name);
            if (found != kind && found == BundleKeys.Decoder) throw Errors.IsDecoder(Name);
            if (found != kind) throw Bad(BundleKeys.Kind, found, "'" + kind + "'");
        }

        private void CheckOperators(OnnxModel model, string part)
        {
            if (model.IrVersion != BundleKeys.IrVersion)
            {
                string found = model.IrVersion.ToString(CultureInfo.InvariantCulture);
                throw Errors.Version(Name, part, "ONNX IR version", found, BundleKeys.IrVersion);
            }

            foreach (var opset in model.Opsets)
            {
                if (opset.Key.Length == 0) continue;
                throw Errors.Version(Name, part, "the operators of", Errors.Show(opset.Key) + " beside opset", BundleKeys.Opset);
            }

            if (model.Opsets.Count != 1 || model.Opsets[0].Value != BundleKeys.Opset)
            {
                string found = model.Opsets.Count == 0 ? "none" : string.Join(" and ", model.Opsets.Select(o => o.Value));
                throw Errors.Version(Name, part, "ONNX opset", found, BundleKeys.Opset);
            }
        }

        private string ReadModelId()
        {
            string id = Required(BundleKeys.Model);
            bool isId = id.Length == 32 && id.All(c => c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
            return isId ? id : throw Bad(BundleKeys.Model, id, "32 hexadecimal digits");
        }

        private void ReadSize()
        {
            string text = Required(BundleKeys.Size);
            var sides = text.Split('x', 3);
            if (sides.Length != 2) throw Bad(BundleKeys.Size, text, "width x height, such as '32x48'");
            Width = Whole(BundleKeys.Size, sides[0], 1, LargestSide);
            Height = Whole(BundleKeys.Size, sides[1], 1, LargestSide);
        }

        private string[] ReadLabels()
        {
            string? text = Optional(BundleKeys.Labels);
            if (text == null) return Array.Empty<string>();
            var labels = Rows(BundleKeys.Labels, text, MostLabels);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (string label in labels)
            {
                if (!IsName(label)) throw Bad(BundleKeys.Labels, label, "a name in every row");
                if (!seen.Add(label)) throw Bad(BundleKeys.Labels, label, "every label once");
            }

            return labels;
        }

        private bool CheckGraph(OnnxModel model, string part, TensorInfo input, params TensorInfo[] outputs)
        {
            bool takesLabel = model.Inputs.Any(i => i.Name == BundleKeys.Label);
            if (takesLabel && Labels.Length == 0) throw Errors.NoKey(Name, BundleKeys.Labels, " though its graph takes a label");
            var inputs = new List<TensorInfo> { input };
            if (takesLabel) inputs.Add(new TensorInfo(BundleKeys.Label, TensorInfo.Float, TensorInfo.Free, Labels.Length));
            CheckValues(part, "inputs", model.Inputs, inputs);
            CheckValues(part, "outputs", model.Outputs, outputs);
            return takesLabel;
        }

        private void CheckValues(string part, string side, List<TensorInfo> found, IReadOnlyList<TensorInfo> expected)
        {
            bool same = found.Count == expected.Count && expected.All(e => found.Any(f => f.Equals(e)));
            if (same) return;
            throw Errors.Values(Name, part, side, found.Count == 0 ? "none" : string.Join(", ", found),
                string.Join(", ", expected));
        }
    }

    /// <summary>The model of a network prior.</summary>
    internal sealed class PriorNetwork
    {
        internal PriorNetwork(byte[] bytes, CheckedGraph graph)
        {
            Bytes = bytes;
            Graph = graph;
        }

        internal byte[] Bytes { get; }

        internal CheckedGraph Graph { get; }
    }
}
