using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using VaeContent.Internal;
using VaeContent.Internal.Graphs;

namespace VaeContent
{
    /// <summary>
    /// A trained model as it ships, a <c>.vae</c> file, loaded and checked. Immutable and safe from any thread; one bundle serves
    /// any number of <see cref="SpriteGenerator"/>s. Loading starts no engine, so it is cheap enough for menus and importers.
    /// </summary>
    public sealed class VaeBundle
    {
        private readonly string[] _labels;

        private VaeBundle(BundleReader reader)
        {
            Name = reader.Name;
            Bytes = reader.Bytes;
            Model = reader.Model;
            Width = reader.Width;
            Height = reader.Height;
            LatentSize = reader.LatentSize;
            _labels = reader.Labels;
            Labels = Array.AsReadOnly(_labels);
            Palette = DecoderMetadata.ReadPalette(reader);
            var pixels = Palette != null ? new long[] { TensorInfo.Free, Height, Width }
                : new long[] { TensorInfo.Free, Height, Width, 4 };
            var sprite = new TensorInfo(BundleKeys.Pixels, TensorInfo.UInt8, pixels);
            var latent = new TensorInfo(BundleKeys.Z, TensorInfo.Float, TensorInfo.Free, LatentSize);
            IsConditional = reader.CheckGraph(latent, sprite);
            Graph = reader.Graph!;
            Prior = DecoderMetadata.ReadPrior(reader, out var network);
            PriorNetwork = network;
            var poses = DecoderMetadata.ReadPoses(reader);
            if (poses.Length > 0 && !IsConditional)
                throw Errors.SurplusKey(Name, BundleKeys.Poses, " but its decoder takes no label");
            Poses = Array.AsReadOnly(poses);
            foreach (var pose in poses) SheetWidth = Math.Max(SheetWidth, pose.Frames * Width);
            SheetHeight = poses.Length * Height;
            Exemplars = Array.AsReadOnly(DecoderMetadata.ReadExemplars(reader));
            Attributes = Array.AsReadOnly(DecoderMetadata.ReadAttributes(reader));
            Provenance = new ReadOnlyDictionary<string, string>(DecoderMetadata.ReadProvenance(reader));
        }

        /// <summary>The file's name, for messages.</summary>
        public string Name { get; }

        /// <summary>Width of a sprite in pixels, 1..1024.</summary>
        public int Width { get; }

        /// <summary>Height of a sprite in pixels, 1..1024.</summary>
        public int Height { get; }

        /// <summary>Z, the length of a latent, 1..4096.</summary>
        public int LatentSize { get; }

        /// <summary>The colours sprites are made of, or null where the decoder paints RGBA.</summary>
        public Palette? Palette { get; }

        /// <summary>The names sprites were labelled with; empty without labels.</summary>
        public IReadOnlyList<string> Labels { get; }

        /// <summary>
        /// The poses that characters are drawn in, as rows of their sheets; empty for models of single sprites.
        /// </summary>
        public IReadOnlyList<SpritePose> Poses { get; }

        /// <summary>
        /// Width of a character's sheet in pixels: the frames of its longest pose side by side; 0 without poses.
        /// </summary>
        public int SheetWidth { get; }

        /// <summary>Height of a character's sheet in pixels: its poses below each other; 0 without poses.</summary>
        public int SheetHeight { get; }

        /// <summary>What latents are drawn from.</summary>
        public Prior Prior { get; }

        /// <summary>Named latents that ship with the model; may be empty.</summary>
        public IReadOnlyList<Exemplar> Exemplars { get; }

        /// <summary>Directions that add or remove one thing, such as a beard; may be empty.</summary>
        public IReadOnlyList<LatentAttribute> Attributes { get; }

        /// <summary>Where the model comes from: trainer version, data, seed, figures; for people.</summary>
        public IReadOnlyDictionary<string, string> Provenance { get; }

        /// <summary>Whether the decoder itself takes a label, so that one latent gives another sprite under each.</summary>
        public bool IsConditional { get; }

        /// <summary>The id of the trained weights, the same in the encoder's file.</summary>
        internal string Model { get; }

        /// <summary>The file, which is the decoder's ONNX model.</summary>
        internal byte[] Bytes { get; }

        /// <summary>The decoder's graph, checked.</summary>
        internal CheckedGraph Graph { get; }

        /// <summary>The ONNX model of a network prior; null for the other priors.</summary>
        internal PriorNetwork? PriorNetwork { get; }

        /// <summary>
        /// Loads and checks a file. Throws <see cref="VaeBundleException"/> for every file that cannot be used.
        /// </summary>
        public static VaeBundle Load(string path)
        {
            var bytes = BundleReader.ReadFile(path, out string name);
            return new VaeBundle(new BundleReader(bytes, name, BundleKeys.Decoder));
        }

        /// <summary>
        /// Checks the bytes of a file, which are copied. <paramref name="name"/> is used in messages. Throws as above.
        /// </summary>
        public static VaeBundle Load(byte[] bytes, string name)
        {
            if (bytes == null) throw new ArgumentNullException(nameof(bytes));
            if (name == null) throw new ArgumentNullException(nameof(name));
            return new VaeBundle(new BundleReader((byte[])bytes.Clone(), name, BundleKeys.Decoder));
        }

        /// <summary>How many sprites may be generated at once, of as many as asked for: no more than memory allows.</summary>
        internal int MostAtOnce(int asked, bool onCpu)
        {
            int most = Graph.MostAtOnce(asked, onCpu);
            return PriorNetwork == null ? most : PriorNetwork.Graph.MostAtOnce(most, onCpu: true);
        }

        /// <summary>The attribute called <paramref name="name"/>. Throws ArgumentException, naming all, for others.</summary>
        public LatentAttribute Attribute(string name)
        {
            foreach (var attribute in Attributes)
            {
                if (string.Equals(attribute.Name, name)) return attribute;
            }

            throw Errors.UnknownAttribute(Name, name ?? throw new ArgumentNullException(nameof(name)), Attributes);
        }

        /// <summary>The pose called <paramref name="pose"/>. Throws ArgumentException, naming all, for others.</summary>
        public SpritePose Pose(string pose)
        {
            for (int i = 0; i < Poses.Count; i++)
            {
                if (string.Equals(Poses[i].Name, pose)) return Poses[i];
            }

            throw Errors.UnknownPose(Name, pose ?? throw new ArgumentNullException(nameof(pose)), Poses);
        }

        /// <summary>How many frames a pose has. Throws ArgumentException, naming all poses, for others.</summary>
        public int Frames(string pose) => Pose(pose).Frames;

        /// <summary>
        /// The place in <see cref="Labels"/> of a frame, counted from 0, of a pose. Throws ArgumentException for an unknown pose,
        /// ArgumentOutOfRangeException for a frame it does not have.
        /// </summary>
        public int PoseLabel(string pose, int frame)
        {
            var found = Pose(pose);
            if (frame < 0 || frame >= found.Frames) throw Errors.Frame(found, frame);
            return found.FirstLabel + frame;
        }

        /// <summary>
        /// The place of <paramref name="label"/> in <see cref="Labels"/>. Throws ArgumentException, naming all labels, for
        /// others.
        /// </summary>
        public int LabelIndex(string label)
        {
            for (int i = 0; i < _labels.Length; i++)
            {
                if (string.Equals(_labels[i], label)) return i;
            }

            throw Errors.UnknownLabel(Name, label ?? throw new ArgumentNullException(nameof(label)), Labels);
        }
    }
}
