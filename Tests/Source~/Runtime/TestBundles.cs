using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Google.Protobuf;
using VaeContent.Internal;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Tests.Runtime
{
    /// <summary>
    /// Small decoders and encoders with random weights, as ONNX models that a test may spoil before it loads them.
    /// </summary>
    internal static partial class TestBundles
    {
        internal const int Z = 5, Width = 6, Height = 4, Colours = 7;

        internal static readonly string[] Labels = { "knight", "slime", "bat" };

        internal static VaeBundle Load(ModelProto model) => VaeBundle.Load(model.ToBundle(), "test.vae");

        /// <summary>The bytes of a bundle's file, sealed.</summary>
        internal static byte[] ToBundle(this ModelProto model) => BundleSeal.Append(model.ToByteArray());

        /// <summary>Gemm, sigmoid, bytes: straight-alpha RGBA.</summary>
        internal static ModelProto Rgba(bool conditional = false, int width = Width, int height = Height, int z = Z)
        {
            var model = Decoder(conditional, width, height, z, width * height * 4, out string last);
            var graph = model.Graph;
            last = Op(graph, "Sigmoid", "p", last);
            last = Op(graph, "Mul", "scaled", last, Constant(graph, "c255", 255f));
            last = Op(graph, "Add", "shifted", last, Constant(graph, "half", 0.5f));
            last = Op(graph, "Reshape", "shaped", last, Shape(graph, -1, height, width, 4));
            Cast(graph, "pixels", last, TensorProto.Types.DataType.Uint8);
            graph.Output.Add(Value("pixels", TensorProto.Types.DataType.Uint8, -1, height, width, 4));
            return model;
        }

        /// <summary>Gemm, the largest of the colours, bytes: palette indices.</summary>
        internal static ModelProto Indexed(bool conditional = false, int width = Width, int height = Height, int z = Z)
        {
            var model = Decoder(conditional, width, height, z, Colours * width * height, out string last);
            last = Op(model.Graph, "Reshape", "logits", last, Shape(model.Graph, -1, Colours, height, width));
            FinishIndexed(model, last, width, height);
            return model;
        }

        /// <summary>The same with its labels as two poses: two frames of one, one of the other.</summary>
        internal static ModelProto Posed(int width = Width, int height = Height) => Indexed(true, width, height)
            .With(BundleKeys.Labels, "walk+0\nwalk+1\nbow").With(BundleKeys.Poses, "walk\t2\t120\nbow\t1\t80");

        /// <summary>
        /// The shape of a real 32x32 decoder: 4x4 seeds, three upsamplings by 2x2 convolution and depth-to-space.
        /// </summary>
        internal static ModelProto Convolutional(int z = 32)
        {
            var model = Decoder(false, 32, 32, z, 128 * 4 * 4, out string last);
            last = Op(model.Graph, "Reshape", "seed", last, Shape(model.Graph, -1, 128, 4, 4));
            int[] channels = { 128, 64, 32, Colours };
            for (int i = 0; i < 3; i++)
            {
                int side = 4 << i;
                string w = Weights(model.Graph, "w" + i, 1.0 / Math.Sqrt(channels[i] * 4),
                    channels[i + 1] * 4, channels[i], 2, 2);
                string bias = Weights(model.Graph, "b" + i, 0.1, channels[i + 1] * 4);
                last = Op(model.Graph, "Conv", "conv" + i, last, w, bias);
                Ints(model.Graph.Node[^1], "pads", 0, 0, 1, 1);
                Ints(model.Graph.Node[^1], "strides", 1, 1);
                last = Op(model.Graph, "DepthToSpace", "up" + i, last);
                Int(model.Graph.Node[^1], "blocksize", 2);
                Text(model.Graph.Node[^1], "mode", "CRD");
                if (i < 2) last = LeakyRelu(model.Graph, "act" + i, last);
            }

            FinishIndexed(model, last, 32, 32);
            return model;
        }

        /// <summary>Two hidden layers of 256: sums long enough to be added up in blocks.</summary>
        internal static ModelProto Perceptron(int z = 32)
        {
            var model = Decoder(false, 16, 16, z, 256, out string last);
            var graph = model.Graph;
            last = LeakyRelu(graph, "act0", last);
            last = Gemm(graph, "hidden", last, Weights(graph, "w1", 0.08, 256, 256), Weights(graph, "b1", 0.1, 256));
            last = LeakyRelu(graph, "act1", last);
            last = Gemm(graph, "out", last, Weights(graph, "w2", 0.08, 256, Colours * 256),
                Weights(graph, "b2", 0.1, Colours * 256));
            last = Op(graph, "Reshape", "logits", last, Shape(graph, -1, Colours, 16, 16));
            FinishIndexed(model, last, 16, 16);
            return model;
        }

        /// <summary>Flatten, Gemm: mu; another: logVar.</summary>
        internal static ModelProto Encoder(bool conditional = false)
        {
            var model = NewModel("encoder", conditional, Width, Height, Z);
            var graph = model.Graph;
            graph.Input.Add(Value("sprites", TensorProto.Types.DataType.Uint8, -1, Height, Width, 4));
            if (conditional) graph.Input.Add(Value("label", TensorProto.Types.DataType.Float, -1, Labels.Length));
            string last = Cast(graph, "float", "sprites", TensorProto.Types.DataType.Float);
            last = Op(graph, "Reshape", "flat", last, Shape(graph, -1, Width * Height * 4));
            if (conditional) last = Join(graph, last);
            int width = Width * Height * 4 + (conditional ? Labels.Length : 0);
            Op(graph, "MatMul", "mu", last, Weights(graph, "wMu", 0.001, width, Z));
            Op(graph, "MatMul", "logVar", last, Weights(graph, "wVar", 0.001, width, Z));
            graph.Output.Add(Value("mu", TensorProto.Types.DataType.Float, -1, Z));
            graph.Output.Add(Value("logVar", TensorProto.Types.DataType.Float, -1, Z));
            return model;
        }

        /// <summary>Sets a metadata entry; null removes it.</summary>
        internal static ModelProto With(this ModelProto model, string key, string? value)
        {
            foreach (var old in model.MetadataProps.Where(p => p.Key == key).ToList()) model.MetadataProps.Remove(old);
            if (value != null) model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
            return model;
        }

        internal static ModelProto WithPrior(this ModelProto model, Prior prior)
        {
            var entries = new Dictionary<string, string>();
            prior.WriteMetadata(entries);
            foreach (var entry in entries) model.With(entry.Key, entry.Value);
            return model;
        }

        internal static ModelProto WithLabels(this ModelProto model) =>
            model.With(BundleKeys.Labels, string.Join("\n", Labels)).With(BundleKeys.LabelCounts, "5 3 2");

        /// <summary>Two components for label 0, one for each other label; identity-like factors.</summary>
        internal static Prior SomeMixture(int z = Z)
        {
            int each = (int)Prior.NumbersPerComponent(z);
            var numbers = new int[4 * each];
            for (int c = 0; c < 4; c++)
            {
                for (int i = 0; i < z; i++)
                {
                    numbers[c * each + i] = (c - 2) * Q16.One;
                    for (int j = 0; j <= i; j++)
                    {
                        numbers[c * each + z + i * (i + 1) / 2 + j] = i == j ? Q16.One / 2 : 1000 * (c + j);
                    }
                }
            }

            return Prior.Mixture(z, new[] { 3, 1, 2, 2 }, new[] { 0, 0, 1, 2 }, numbers, new[] { 5, 3, 2 });
        }

        internal static TensorProto Tensor(string name, ReadOnlySpan<float> values, params long[] dims)
        {
            var tensor = new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Float };
            tensor.Dims.Add(dims);
            tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values));
            return tensor;
        }

        internal static ValueInfoProto Value(string name, TensorProto.Types.DataType type, params long[] dims)
        {
            var shape = new TensorShapeProto();
            foreach (long d in dims)
            {
                shape.Dim.Add(d < 0 ? new TensorShapeProto.Types.Dimension { DimParam = "N" }
                    : new TensorShapeProto.Types.Dimension { DimValue = d });
            }

            return new ValueInfoProto
            {
                Name = name,
                Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } }
            };
        }

        private static ModelProto Decoder(bool conditional, int width, int height, int z, int outputs, out string last)
        {
            var model = NewModel("decoder", conditional, width, height, z);
            var graph = model.Graph;
            graph.Input.Add(Value("z", TensorProto.Types.DataType.Float, -1, z));
            if (conditional) graph.Input.Add(Value("label", TensorProto.Types.DataType.Float, -1, Labels.Length));
            last = conditional ? Join(graph, "z") : "z";
            int inputs = conditional ? z + Labels.Length : z;
            last = Gemm(graph, "dense", last, Weights(graph, "w", 2.0 / Math.Sqrt(inputs), inputs, outputs),
                Weights(graph, "b", 0.1, outputs));
            return model;
        }

        private static ModelProto NewModel()
        {
            var model = new ModelProto
            {
                IrVersion = 8,
                ProducerName = "VaeContent.Tests",
                Graph = new GraphProto { Name = "test" }
            };
            model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
            return model;
        }

        private static ModelProto NewModel(string kind, bool conditional, int width, int height, int z)
        {
            var model = NewModel();
            model.With(BundleKeys.Format, "3").With(BundleKeys.Kind, kind).With(BundleKeys.Size, width + "x" + height)
                .With(BundleKeys.Latent, z.ToString()).With(BundleKeys.Provenance, "trainer: tests\nseed: 1")
                .With(BundleKeys.Model, new string('a', 32));
            if (kind == "decoder") model.With(BundleKeys.Prior, "normal");
            return conditional ? model.WithLabels() : model;
        }

        private static void FinishIndexed(ModelProto model, string logits, int width, int height)
        {
            // As the exporter does: far apart, 0 for the largest, less the index.
            var graph = model.Graph;
            var index = Tensor("index", Enumerable.Range(0, Colours).Select(i => (float)i).ToArray(), Colours, 1, 1);
            graph.Initializer.Add(index);
            string far = Op(graph, "Mul", "far", logits, Constant(graph, "apart", OnnxGraph.FarApart));
            string below = Op(graph, "Sub", "below", far, Largest(graph, "largest", far));
            string best = Op(graph, "Neg", "best", Largest(graph, "first", Op(graph, "Sub", "ranks", below, "index")));
            Cast(graph, "pixels", Op(graph, "Reshape", "plane", best, Shape(graph, -1, height, width)),
                TensorProto.Types.DataType.Uint8);
            model.Graph.Output.Add(Value("pixels", TensorProto.Types.DataType.Uint8, -1, height, width));
            var colours = Enumerable.Range(0, Colours)
                .Select(i => i == 0 ? "00000000" : ((uint)(i * 0x20301000) | 0xFF).ToString("x8"));
            model.With(BundleKeys.Palette, string.Join(" ", colours));
        }

        internal static string Op(GraphProto graph, string type, string output, params string[] inputs)
        {
            var node = new NodeProto { OpType = type, Name = output };
            node.Input.Add(inputs);
            node.Output.Add(output);
            graph.Node.Add(node);
            return output;
        }

        internal static string Cast(GraphProto graph, string output, string input, TensorProto.Types.DataType to)
        {
            Op(graph, "Cast", output, input);
            Int(graph.Node[^1], "to", (int)to);
            return output;
        }

        internal static string Gemm(GraphProto graph, string output, params string[] inputs)
        {
            Op(graph, "Gemm", output, inputs);
            Float(graph.Node[^1], "alpha", 1f);
            return output;
        }

        private static string LeakyRelu(GraphProto graph, string output, string input)
        {
            Op(graph, "LeakyRelu", output, input);
            Float(graph.Node[^1], "alpha", 0.01f);
            return output;
        }

        private static string Largest(GraphProto graph, string output, string input)
        {
            Op(graph, "ReduceMax", output, input);
            Ints(graph.Node[^1], "axes", 1);
            Int(graph.Node[^1], "keepdims", 1);
            return output;
        }

        private static string Join(GraphProto graph, string input)
        {
            Op(graph, "Concat", "joined", input, "label");
            Int(graph.Node[^1], "axis", 1);
            return "joined";
        }

        internal static void Float(NodeProto node, string name, float value) =>
            node.Attribute.Add(new AttributeProto { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float });

        internal static void Text(NodeProto node, string name, string value) => node.Attribute.Add(new AttributeProto
        {
            Name = name,
            S = ByteString.CopyFromUtf8(value),
            Type = AttributeProto.Types.AttributeType.String
        });

        internal static void Int(NodeProto node, string name, long value) =>
            node.Attribute.Add(new AttributeProto { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int });

        internal static void Ints(NodeProto node, string name, params long[] values)
        {
            var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
            attribute.Ints.Add(values);
            node.Attribute.Add(attribute);
        }

        internal static string Constant(GraphProto graph, string name, float value)
        {
            graph.Initializer.Add(Tensor(name, new[] { value }));
            return name;
        }

        internal static string Shape(GraphProto graph, params long[] sizes)
        {
            string name = "shape" + graph.Initializer.Count;
            var tensor = new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Int64 };
            tensor.Dims.Add(sizes.Length);
            tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<long>(sizes));
            graph.Initializer.Add(tensor);
            return name;
        }

        internal static string Weights(GraphProto graph, string name, double scale, params long[] dims)
        {
            var sampler = new Sampler(name.Length * 31 + name[^1]);
            var values = new float[dims.Aggregate(1L, (a, b) => a * b)];
            for (int i = 0; i < values.Length; i++) values[i] = (float)(sampler.Normal(i) * scale);
            graph.Initializer.Add(Tensor(name, values, dims));
            return name;
        }
    }
}
