using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace VaeContent.Internal
{
    /// <summary>Parses what only a decoder bundle carries: palette, prior, exemplars, provenance.</summary>
    internal static class DecoderMetadata
    {
        private const int MostComponents = 65536, MostExemplars = 65536, MostAttributes = 4096, MostProvenance = 1024,
            LongestFrame = 60000;

        internal static Palette? ReadPalette(BundleReader reader)
        {
            string? text = reader.Optional(BundleKeys.Palette);
            if (text == null) return null;
            var words = text.Split(' ', 258);
            if (words.Length < 2 || words.Length > 256)
            {
                string found = words.Length > 256 ? "a list of more than 256 colours" : "a list of " + words.Length;
                throw Errors.Metadata(reader.Name, BundleKeys.Palette, found,
                    "2 to 256 colours, rrggbbaa each, separated by one space");
            }

            var colours = new Rgba32[words.Length];
            for (int i = 0; i < words.Length; i++)
            {
                bool hex = uint.TryParse(words[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint packed);
                if (!hex || words[i].Length != 8) throw reader.Bad(BundleKeys.Palette, words[i], "rrggbbaa in every place");
                colours[i] = Rgba32.FromPacked(packed);
            }

            if (colours[0].Packed != 0) throw reader.Bad(BundleKeys.Palette, words[0], "00000000 as colour 0");
            return new Palette(colours);
        }

        /// <summary>Reads the prior, and of a network its model.</summary>
        internal static Prior ReadPrior(BundleReader reader, out PriorNetwork? network)
        {
            var counts = Array.Empty<int>();
            string? countText = reader.Optional(BundleKeys.LabelCounts);
            if (reader.Labels.Length > 0)
            {
                countText = reader.Required(BundleKeys.LabelCounts, " though it has labels");
                counts = reader.Wholes(BundleKeys.LabelCounts, countText, 0, int.MaxValue, reader.Labels.Length);
                if (counts.Length != reader.Labels.Length)
                {
                    throw Errors.Metadata(reader.Name, BundleKeys.LabelCounts, "a list of " + counts.Length,
                        reader.Labels.Length + ", one per label");
                }
            }
            else if (countText != null)
            {
                throw Errors.SurplusKey(reader.Name, BundleKeys.LabelCounts, " but no labels");
            }

            network = null;
            string kind = reader.Required(BundleKeys.Prior);
            if (kind == BundleKeys.NetworkPrior)
            {
                string noiseText = reader.Required(BundleKeys.PriorNoise, " though its prior is a network");
                int noiseSize = reader.Whole(BundleKeys.PriorNoise, noiseText, 1, Prior.LargestLatent);
                network = reader.PriorNetwork(noiseSize, out bool takesLabel);
                return Prior.Network(reader.LatentSize, noiseSize, counts, takesLabel);
            }

            if (kind != BundleKeys.NormalPrior && kind != BundleKeys.MixturePrior)
            {
                throw reader.Bad(BundleKeys.Prior, kind, "'normal' or 'mixture' or 'network'");
            }

            int[] weights = Array.Empty<int>(), labels = weights, components = weights;
            if (kind == BundleKeys.MixturePrior)
            {
                const string because = " though its prior is a mixture";
                string weightText = reader.Required(BundleKeys.PriorWeights, because);
                weights = reader.Wholes(BundleKeys.PriorWeights, weightText, 1, int.MaxValue, MostComponents);
                labels = reader.Wholes(BundleKeys.PriorLabels, reader.Required(BundleKeys.PriorLabels, because), -1,
                    reader.Labels.Length - 1, MostComponents);
                long numbers = weights.Length * Prior.NumbersPerComponent(reader.LatentSize);
                components = ReadLatents(reader, BundleKeys.PriorComponents, reader.Required(BundleKeys.PriorComponents, because),
                    numbers);
            }

            string? problem = Prior.Problem(reader.LatentSize, weights, labels, components, counts);
            if (problem != null) throw Errors.PriorNumbers(reader.Name, problem);
            return Prior.Mixture(reader.LatentSize, weights, labels, components, counts);
        }

        /// <summary>Reads the poses of characters, whose frames are the labels in order.</summary>
        internal static SpritePose[] ReadPoses(BundleReader reader)
        {
            string? text = reader.Optional(BundleKeys.Poses);
            if (text == null) return Array.Empty<SpritePose>();
            var poses = new List<SpritePose>();
            int label = 0;
            foreach (string row in reader.Rows(BundleKeys.Poses, text, reader.Labels.Length + 1))
            {
                var cells = row.Split('\t');
                if (cells.Length != 3 || !BundleReader.IsName(cells[0]))
                {
                    throw reader.Bad(BundleKeys.Poses, row, "name TAB frames TAB milliseconds");
                }

                if (poses.Any(pose => pose.Name == cells[0])) throw reader.Bad(BundleKeys.Poses, cells[0], "every name once");
                int frames = reader.Whole(BundleKeys.Poses, cells[1], 1, reader.Labels.Length),
                    milliseconds = reader.Whole(BundleKeys.Poses, cells[2], 1, LongestFrame);
                poses.Add(new SpritePose(cells[0], poses.Count, label, frames, milliseconds));
                label += frames;
            }

            if (label == reader.Labels.Length) return poses.ToArray();
            throw Errors.Metadata(reader.Name, BundleKeys.Poses, "a list of " + label + " frames",
                reader.Labels.Length + ", one per label");
        }

        internal static Exemplar[] ReadExemplars(BundleReader reader)
        {
            string? text = reader.Optional(BundleKeys.Exemplars);
            if (string.IsNullOrEmpty(text)) return Array.Empty<Exemplar>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            return reader.Rows(BundleKeys.Exemplars, text!, MostExemplars).Select(row =>
            {
                var cells = row.Split('\t');
                if (cells.Length != 3 || !BundleReader.IsName(cells[0]))
                {
                    throw reader.Bad(BundleKeys.Exemplars, row, "name TAB label index or -1 TAB latent");
                }

                if (!seen.Add(cells[0])) throw reader.Bad(BundleKeys.Exemplars, cells[0], "every name once");
                int label = reader.Whole(BundleKeys.Exemplars, cells[1], -1, reader.Labels.Length - 1);
                var latent = ReadLatents(reader, BundleKeys.Exemplars, cells[2], reader.LatentSize);
                return new Exemplar(cells[0], label < 0 ? null : reader.Labels[label], Array.ConvertAll(latent, Q16.ToSingle));
            }).ToArray();
        }

        internal static LatentAttribute[] ReadAttributes(BundleReader reader)
        {
            string? text = reader.Optional(BundleKeys.Attributes);
            if (string.IsNullOrEmpty(text)) return Array.Empty<LatentAttribute>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            return reader.Rows(BundleKeys.Attributes, text!, MostAttributes).Select(row =>
            {
                var cells = row.Split('\t');
                if (cells.Length != 2 || !BundleReader.IsName(cells[0]))
                {
                    throw reader.Bad(BundleKeys.Attributes, row, "name TAB latent");
                }

                if (!seen.Add(cells[0])) throw reader.Bad(BundleKeys.Attributes, cells[0], "every name once");
                return new LatentAttribute(cells[0],
                    Array.ConvertAll(ReadLatents(reader, BundleKeys.Attributes, cells[1], reader.LatentSize), Q16.ToSingle));
            }).ToArray();
        }

        internal static Dictionary<string, string> ReadProvenance(BundleReader reader)
        {
            var provenance = new Dictionary<string, string>(StringComparer.Ordinal);
            string? text = reader.Optional(BundleKeys.Provenance);
            if (string.IsNullOrEmpty(text)) return provenance;
            foreach (string row in reader.Rows(BundleKeys.Provenance, text!, MostProvenance))
            {
                int colon = row.IndexOf(':', StringComparison.Ordinal);
                if (colon < 1) throw reader.Bad(BundleKeys.Provenance, row, "'key: value' in every row");
                string key = row.Substring(0, colon).Trim();
                if (!provenance.TryAdd(key, row.Substring(colon + 1).Trim()))
                {
                    throw reader.Bad(BundleKeys.Provenance, key, "every key once");
                }
            }

            return provenance;
        }

        private static int[] ReadLatents(BundleReader reader, string key, string base64, long count) =>
            Q16.FromBase64(base64, count) ?? throw Errors.Metadata(reader.Name, key,
                "base64 text of " + base64.Length + " characters",
                "base64 of " + count + " int32 values, " + (count * 4 + 2) / 3 * 4 + " characters");
    }
}
