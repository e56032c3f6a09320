using System;
using System.Collections.Generic;
using VaeContent.Internal;
using VaeContent.Internal.Graphs;

namespace VaeContent
{
    /// <summary>
    /// The encoder of a trained model, for tools: sprites in, posteriors out; see <see cref="SpriteEncoder"/>. Loaded and checked
    /// like a <see cref="VaeBundle"/>; games do not need it. Immutable and safe from any thread.
    /// </summary>
    public sealed class EncoderBundle
    {
        private EncoderBundle(BundleReader reader)
        {
            Name = reader.Name;
            Bytes = reader.Bytes;
            Model = reader.Model;
            Width = reader.Width;
            Height = reader.Height;
            LatentSize = reader.LatentSize;
            Labels = Array.AsReadOnly(reader.Labels);
            IsConditional = reader.CheckGraph(
                new TensorInfo(BundleKeys.Sprites, TensorInfo.UInt8, TensorInfo.Free, Height, Width, 4),
                new TensorInfo(BundleKeys.Mu, TensorInfo.Float, TensorInfo.Free, LatentSize),
                new TensorInfo(BundleKeys.LogVar, TensorInfo.Float, TensorInfo.Free, LatentSize));
            Graph = reader.Graph!;
        }

        /// <summary>The file's name, for messages.</summary>
        public string Name { get; }

        /// <summary>Width of a sprite in pixels, 1..1024.</summary>
        public int Width { get; }

        /// <summary>Height of a sprite in pixels, 1..1024.</summary>
        public int Height { get; }

        /// <summary>Z, the length of a latent, 1..4096.</summary>
        public int LatentSize { get; }

        /// <summary>The names sprites were labelled with; empty without labels.</summary>
        public IReadOnlyList<string> Labels { get; }

        /// <summary>Whether the encoder needs each sprite's label.</summary>
        public bool IsConditional { get; }

        /// <summary>The id of the trained weights, the same in the decoder's file.</summary>
        internal string Model { get; }

        internal byte[] Bytes { get; }

        /// <summary>The encoder's graph, checked.</summary>
        internal CheckedGraph Graph { get; }

        /// <summary>
        /// Loads and checks a file. Throws <see cref="VaeBundleException"/> for every file that cannot be used.
        /// </summary>
        public static EncoderBundle Load(string path)
        {
            var bytes = BundleReader.ReadFile(path, out string name);
            return new EncoderBundle(new BundleReader(bytes, name, BundleKeys.Encoder));
        }

        /// <summary>
        /// Checks the bytes of a file, which are copied. <paramref name="name"/> is used in messages. Throws as above.
        /// </summary>
        public static EncoderBundle Load(byte[] bytes, string name)
        {
            if (bytes == null) throw new ArgumentNullException(nameof(bytes));
            if (name == null) throw new ArgumentNullException(nameof(name));
            return new EncoderBundle(new BundleReader((byte[])bytes.Clone(), name, BundleKeys.Encoder));
        }
    }
}
