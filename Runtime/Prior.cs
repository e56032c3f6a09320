using System;
using System.Collections.Generic;
using System.Globalization;
using VaeContent.Internal;

namespace VaeContent
{
    /// <summary>
    /// What latents are drawn from: the standard normal distribution, or a mixture of Gaussians fitted after training, per label
    /// if the set has labels, or a network with its own model. The first two use whole numbers only, so that a seed gives the
    /// same latent bits on every machine; of a network that holds for the noise it starts from. Immutable, safe from any thread;
    /// drawing allocates nothing.
    /// </summary>
    public sealed class Prior
    {
        /// <summary>
        /// Means and covariance factors stay within 1024, so that 64-bit sums over 4096 dimensions cannot overflow.
        /// </summary>
        internal const int LargestComponentQ16 = 1024 * Q16.One;

        internal const int LargestLatent = 4096;

        private readonly int[] _labelCounts;
        private readonly int[] _weights;
        private readonly int[] _labels;
        private readonly int[] _components;
        private readonly long _labelTotal;

        private Prior(int latentSize, int noiseSize, int[] weights, int[] labels, int[] components, int[] labelCounts)
        {
            LatentSize = latentSize;
            NoiseSize = noiseSize;
            _weights = weights;
            _labels = labels;
            _components = components;
            _labelCounts = labelCounts;
            foreach (int count in labelCounts) _labelTotal += count;
            foreach (int label in labels) DependsOnLabel |= label >= 0;
        }

        /// <summary>Z, the length of a latent.</summary>
        public int LatentSize { get; }

        /// <summary>
        /// Whether latents are computed by a network; then <see cref="SpriteGenerator.SampleLatent"/> draws them.
        /// </summary>
        public bool IsNetwork => NoiseSize > 0;

        /// <summary>P, how many standard normal numbers the network starts from; 0 for the other priors.</summary>
        public int NoiseSize { get; }

        /// <summary>Number of Gaussians; 0 for the standard normal prior and networks.</summary>
        public int ComponentCount => _weights.Length;

        /// <summary>Number of labels, 0 without.</summary>
        public int LabelCount => _labelCounts.Length;

        /// <summary>Whether the distribution of latents depends on the label.</summary>
        public bool DependsOnLabel { get; private set; }

        internal ReadOnlySpan<int> Weights => _weights;

        internal ReadOnlySpan<int> ComponentLabels => _labels;

        internal ReadOnlySpan<int> Components => _components;

        internal ReadOnlySpan<int> LabelCounts => _labelCounts;

        /// <summary>Numbers stored per component: the mean and the lower-triangular factor of the covariance.</summary>
        internal static long NumbersPerComponent(int latentSize) => latentSize + (long)latentSize * (latentSize + 1) / 2;

        /// <summary>
        /// z ~ N(0, I) of length <paramref name="latentSize"/>; <paramref name="labelCounts"/>: sprites per label, empty without
        /// labels.
        /// </summary>
        public static Prior Normal(int latentSize, ReadOnlySpan<int> labelCounts = default) =>
            Mixture(latentSize, default, default, default, labelCounts);

        /// <summary>
        /// A mixture of Gaussians. <paramref name="weights"/>: one number >= 1 per component; <paramref name="labels"/>: the
        /// label index of each component, -1 for every label; <paramref name="componentsQ16"/>: per component the mean (Z) and
        /// the lower-triangular factor of its covariance row by row (Z(Z+1)/2), in units of 2^-16, within +-1024. Throws
        /// ArgumentException.
        /// </summary>
        public static Prior Mixture(int latentSize, ReadOnlySpan<int> weights, ReadOnlySpan<int> labels,
            ReadOnlySpan<int> componentsQ16, ReadOnlySpan<int> labelCounts = default)
        {
            string? problem = Problem(latentSize, weights, labels, componentsQ16, labelCounts);
            if (problem != null) throw new ArgumentException(problem);
            return new Prior(latentSize, 0, weights.ToArray(), labels.ToArray(), componentsQ16.ToArray(), labelCounts.ToArray());
        }

        /// <summary>
        /// A prior computed by a part of the model's own graph, from <paramref name="noiseSize"/> (1..4096) standard normals.
        /// <paramref name="dependsOnLabel"/>: whether that part takes the label. Throws ArgumentException.
        /// </summary>
        public static Prior Network(int latentSize, int noiseSize, ReadOnlySpan<int> labelCounts = default,
            bool dependsOnLabel = false)
        {
            string? problem = Problem(latentSize, default, default, default, labelCounts);
            if (noiseSize < 1 || noiseSize > LargestLatent)
            {
                problem = "the noise size is " + noiseSize + ", expected 1.." + LargestLatent;
            }

            if (dependsOnLabel && labelCounts.Length == 0) problem = "it depends on the label, but there are no labels";
            if (problem != null) throw new ArgumentException(problem);
            int[] none = Array.Empty<int>();
            return new Prior(latentSize, noiseSize, none, none, none, labelCounts.ToArray()) { DependsOnLabel = dependsOnLabel };
        }

        /// <summary>
        /// The label index that <paramref name="seed"/> draws, in proportion to the sprites each label was trained on; -1 without
        /// labels.
        /// </summary>
        public int PickLabel(long seed)
        {
            if (_labelCounts.Length == 0) return -1;
            long ticket = new Sampler(seed, Streams.Label).Below(_labelTotal, 0);
            int label = 0;
            while (ticket >= _labelCounts[label]) ticket -= _labelCounts[label++];
            return label;
        }

        /// <summary>
        /// Draws the latent of <paramref name="seed"/> into <paramref name="z"/>, (Z). <paramref name="labelIndex"/> -1 takes the
        /// label of <see cref="PickLabel"/>. <paramref name="temperature"/>, 0..8, scales the spread: 0 gives the mean of the
        /// component.
        /// <paramref name="truncation"/>: see <see cref="GeneratorOptions.Truncation"/>. Throws ArgumentException for another
        /// length or label,
        /// ArgumentOutOfRangeException for another temperature or truncation, InvalidOperationException where <see
        /// cref="IsNetwork"/>.
        /// </summary>
        public void Sample(long seed, int labelIndex, float temperature, Span<float> z, float truncation = 0f) =>
            Sample(seed, labelIndex, temperature, z, truncation, Streams.Noise);

        internal void Sample(long seed, int labelIndex, float temperature, Span<float> z, float truncation, int stream)
        {
            if (IsNetwork) throw Errors.NetworkPrior();
            if (z.Length != LatentSize) throw Errors.LatentLength(z.Length, LatentSize, nameof(z));
            if (labelIndex < -1 || labelIndex >= LabelCount) throw Errors.LabelIndex(labelIndex, LabelCount);
            if (_weights.Length == 0)
            {
                SampleNoise(seed, temperature, truncation, z, stream);
                return;
            }

            int temperatureQ16 = TemperatureQ16(temperature), limit = TruncationQ16(truncation);
            var noise = new Sampler(seed, stream);

            int component = PickComponent(seed, labelIndex < 0 ? PickLabel(seed) : labelIndex);
            Span<int> eps = stackalloc int[LatentSize];
            for (int i = 0; i < eps.Length; i++) eps[i] = Q16.Multiply(Truncated(noise, i, eps.Length, limit), temperatureQ16);

            // z = mean + L eps, in units of 2^-32: below 2^61 even for 4096 dimensions of +-1024 at temperature 8.
            var numbers = new ReadOnlySpan<int>(_components).Slice(component * (int)NumbersPerComponent(LatentSize));
            var row = numbers.Slice(LatentSize);
            for (int i = 0; i < eps.Length; i++)
            {
                long sum = (long)numbers[i] << 16;
                for (int j = 0; j <= i; j++) sum += (long)row[j] * eps[j];
                row = row.Slice(i + 1);
                long rounded = (sum + Q16.One / 2) >> 16;
                z[i] = Q16.ToSingle((int)Math.Min(Math.Max(rounded, -int.MaxValue), int.MaxValue));
            }
        }

        /// <summary>
        /// Standard normals scaled by the temperature: what a network starts from, and the standard normal prior itself.
        /// </summary>
        internal static void SampleNoise(long seed, float temperature, float truncation, Span<float> destination,
            int stream = Streams.Noise)
        {
            int temperatureQ16 = TemperatureQ16(temperature), limit = TruncationQ16(truncation);
            var noise = new Sampler(seed, stream);
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = Q16.ToSingle(Q16.Multiply(Truncated(noise, i, destination.Length, limit), temperatureQ16));
            }
        }

        /// <summary>What is wrong with these numbers, for the end of a sentence; null when nothing is.</summary>
        internal static string? Problem(int latentSize, ReadOnlySpan<int> weights, ReadOnlySpan<int> labels,
            ReadOnlySpan<int> components, ReadOnlySpan<int> labelCounts)
        {
            if (latentSize < 1 || latentSize > LargestLatent)
            {
                return "the latent size is " + latentSize + ", expected 1.." + LargestLatent;
            }

            long total = 0;
            foreach (int count in labelCounts)
            {
                if (count < 0) return "a label count is " + count + ", expected 0 or more";
                total += count;
            }

            if (labelCounts.Length > 0 && total == 0) return "all label counts are 0, expected at least one sprite";
            if (labels.Length != weights.Length)
            {
                return "there are " + labels.Length + " component labels for " + weights.Length + " weights";
            }

            long numbers = weights.Length * NumbersPerComponent(latentSize);
            if (components.Length != numbers) return "the components have " + components.Length + " numbers, expected " + numbers;
            foreach (int weight in weights)
            {
                if (weight < 1) return "a component weight is " + weight + ", expected 1 or more";
            }

            foreach (int value in components)
            {
                if (value > LargestComponentQ16 || value < -LargestComponentQ16)
                {
                    return "a component number is " + Q16.ToSingle(value) + ", expected -1024..1024";
                }
            }

            return weights.Length == 0 ? null : UncoveredLabel(labels, labelCounts.Length);
        }

        /// <summary>Adds the metadata entries of this prior, as the bundle format defines them.</summary>
        internal void WriteMetadata(IDictionary<string, string> metadata)
        {
            metadata[BundleKeys.Prior] = IsNetwork ? BundleKeys.NetworkPrior
                : ComponentCount == 0 ? BundleKeys.NormalPrior : BundleKeys.MixturePrior;
            if (LabelCount > 0) metadata[BundleKeys.LabelCounts] = string.Join(" ", _labelCounts);
            if (IsNetwork) metadata[BundleKeys.PriorNoise] = NoiseSize.ToString(CultureInfo.InvariantCulture);

            if (ComponentCount == 0) return;
            metadata[BundleKeys.PriorWeights] = string.Join(" ", _weights);
            metadata[BundleKeys.PriorLabels] = string.Join(" ", _labels);
            metadata[BundleKeys.PriorComponents] = Q16.ToBase64(_components);
        }

        internal static float CheckTemperature(float temperature) =>
            temperature >= 0f && temperature <= 8f ? temperature : throw Errors.Temperature(temperature);

        internal static float CheckTruncation(float truncation) =>
            truncation == 0f || truncation >= 0.1f && truncation <= 8f ? truncation : throw Errors.Truncation(truncation);

        private static int TruncationQ16(float truncation) =>
            CheckTruncation(truncation) == 0f ? int.MaxValue : (int)((double)truncation * Q16.One + 0.5);

        // Draws again, further along the stream, until one is within the limit; at 0.1, the smallest, one in twelve is.
        private static int Truncated(Sampler noise, int index, int count, int limit)
        {
            const int MostTries = 256;
            int drawn = noise.NormalQ16(index);
            for (int attempt = 1; Math.Abs(drawn) > limit && attempt < MostTries; attempt++)
            {
                drawn = noise.NormalQ16(index + (long)attempt * count);
            }

            return Math.Min(Math.Max(drawn, -limit), limit);
        }

        private static int TemperatureQ16(float temperature) => (int)((double)CheckTemperature(temperature) * Q16.One + 0.5);

        private static string? UncoveredLabel(ReadOnlySpan<int> labels, int labelCount)
        {
            var covered = new bool[labelCount];
            bool any = false;
            foreach (int label in labels)
            {
                if (label < -1 || label >= labelCount)
                {
                    return "a component has label " + label + ", expected -1.." + (labelCount - 1);
                }

                if (label < 0) any = true;
                else covered[label] = true;
            }

            int missing = Array.IndexOf(covered, false);
            return any || missing < 0 ? null : "label " + missing + " has no component";
        }

        private int PickComponent(long seed, int label)
        {
            long total = 0;
            for (int i = 0; i < _weights.Length; i++)
            {
                if (Serves(i, label)) total += _weights[i];
            }

            long ticket = new Sampler(seed, Streams.Component).Below(total, 0);
            int component = -1;
            while (ticket >= 0)
            {
                if (Serves(++component, label)) ticket -= _weights[component];
            }

            return component;
        }

        private bool Serves(int component, int label) => _labels[component] < 0 || _labels[component] == label;
    }
}
