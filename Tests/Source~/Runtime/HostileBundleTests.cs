using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Google.Protobuf;
using NUnit.Framework;
using VaeContent.Internal;
using VaeContent.Internal.Graphs;
using VaeContent.Trainer.Export.Onnx;
using DataType = VaeContent.Trainer.Export.Onnx.TensorProto.Types.DataType;

namespace VaeContent.Tests.Runtime
{
    /// <summary>
    /// Bundles made to take memory or time, sealed as anybody can seal them: refused by Load in one line, before a session
    /// exists.
    /// </summary>
    public sealed class HostileBundleTests
    {
        private const long Spare = 64 << 20;

        // Name; what is put between the latent z (N, 5) and the rest of a decoder, and returns what stands for z; part of the
        // line.
        private static readonly (string Name, Func<GraphProto, string> Spoil, string Message)[] Graphs =
        {
            ("zeros of any size", g => Op(g, "ConstantOfShape", Longs(g, 1 << 30)), "of operator 'ConstantOfShape'"),
            ("tiles", g => Op(g, "Tile", "z", Longs(g, 1, 1 << 28)), "of operator 'Tile'"),
            ("expansion", g => Op(g, "Expand", "z", Longs(g, 1 << 20, 5)), "of operator 'Expand'"),
            ("range computed from the seed", g => Op(g, "Range", "z"), "of operator 'Range'"),
            ("matches of the seed", g => Op(g, "NonZero", "z"), "of operator 'NonZero'"),
            ("shape computed from the seed", g => Op(g, "Reshape", "z", Cast(g, "z", 7)), "makes element type 7"),
            ("shape of the inputs", g => Op(g, "Reshape", "z", Op(g, "Shape", "z")), "of operator 'Shape'"),
            ("shape of a computed constant", g => Op(g, "Reshape", "z", Op(g, "Neg", Longs(g, 1, -5))), "cannot be given"),
            ("resizing", g => Op(g, "Resize", "z", Floats(g, 1000f)), "of operator 'Resize'"),
            ("loop", g => Op(g, "Loop", "z"), "of operator 'Loop'"),
            ("doubling of latents", Doubling("z"), "makes more than 4194304 elements"),
            ("doubling of constants", g => Doubling(Floats(g, 1f, 2f))(g), "bytes at once"),
            ("outer sum", g => Op(g, "Add", Rows(g, "z", 5, 1), Column(g, 1 << 20)), "makes more than 4194304 elements"),
            ("outer product", g => Op(g, "MatMul", Rows(g, "z", 5, 1), Column(g, 1 << 20)), "makes more than 4194304 elements"),
            ("product of sprites", g => Op(g, "MatMul", "z", Transposed(g, "z")), "has sizes that do not fit"),
            ("one sum for all sprites", g => Op(g, "Add", "z", Matrix(g, 7, 5)), "mixes sprites"),
            ("many products", ManyProducts, "computes more than any model"),
            ("many sums", g => Chain(g, 600, Wide(g), (x, i) => Op(g, "Neg", x)), "computes more than any model"),
            ("everything kept", KeepEverything, "bytes at once"),
            ("rows of a constant", ManyRows, "constants become too large"),
            ("constants without end", g => Chain(g, 100, Column(g, 1 << 20), (x, i) => Op(g, "Neg", x)), "constants become"),
            ("rows outside a constant", g => GatherRows(g, Matrix(g, 2, 5), 2), "sizes that do not fit"),
            ("rows of latents", g => Op(g, "Gather", "z", Longs(g, 0)), "cannot be given"),
            ("padding", g => Conv(g, 1, new long[] { 0, 0, 1 << 20, 1 << 20 }), "expected 0..16"),
            ("padding of a kernel of one", g => Conv(g, 1, new long[] { 0, 0, 9, 9 }), "shapes that do not fit"),
            ("negative padding", g => Conv(g, 1, new long[] { -3, 0, 0, 0 }), "expected 0..16"),
            ("stride of nothing", g => Conv(g, 0, new long[] { 0, 0, 0, 0 }), "expected 1..2"),
            ("dilations", g => Conv(g, 1, new long[] { 0, 0, 0, 0 }, 9, 9), "attribute 'dilations'"),
            ("large blocks", g => Blocks(g, 1000), "blocksize=1000"),
            ("endless slope", g => With(g, "LeakyRelu", n => TestBundles.Float(n, "alpha", float.NaN)), "'alpha'=NaN"),
            ("many integers", g => With(g, "Transpose", n => TestBundles.Ints(n, "perm", new long[100_000])), "more than 8"),
            ("last sprite first", g => With(g, "Transpose", n => TestBundles.Ints(n, "perm", 1, 0)), "sizes that do not fit"),
            ("cycle", g => Op(g, "Neg", "v0"), "which nothing before it makes"),
            ("name twice", NameTwice, "two tensors called 'v0'"),
            ("attribute twice", g => With(g, "LeakyRelu", (Action<NodeProto>)Slope + Slope), "'alpha' twice"),
            ("no inputs", g => Op(g, "Concat"), "has 0 inputs"),
            ("two outputs", g => With(g, "Neg", n => n.Output.Add("other")), "more than 1 outputs of a node"),
        };

        private static readonly (string Name, Action<GraphProto> Spoil, string Message)[] Tensors =
        {
            ("more elements than 64 bits", g => g.Initializer.Add(Empty(1L << 40, 1L << 40)), "(1099511627776, 1099511627776)"),
            ("more elements than 32 bits", g => g.Initializer.Add(Empty(1L << 31, 2)), "(2147483648, 2) has 0 bytes"),
            ("negative size", g => g.Initializer.Add(Empty(-1)), "(-1) has 0 bytes"),
            ("no bytes", g => g.Initializer.Add(Empty(4)), "(4) has 0 bytes"),
            ("many dimensions", g => g.Initializer.Add(Empty(new long[4096])), "more than 8 dimensions"),
            ("texts", g => g.Initializer.Add(new TensorProto { Name = "t", DataType = 8 }), "element type 8"),
            ("doubles", g => g.Initializer.Add(new TensorProto { Name = "t", DataType = 11 }), "element type 11"),
            ("input of any size", g => g.Input.Add(TestBundles.Value("x", DataType.Float, -1, 1 << 20)), "asks for 'z'"),
            ("nameless", g => g.Initializer.Add(TestBundles.Tensor("", new float[1], 1)), "tensor without a name"),
            ("long name", g => g.Initializer.Add(TestBundles.Tensor(new string('n', 300), new float[1], 1)), "bytes in a name"),
            ("output that nothing makes", g => g.Node[^1].Output[0] = "other", "do not make the output 'pixels'"),
            ("output of another size", Heighten, "do not make the output 'pixels'|sizes that do not fit"),
        };

        private static IEnumerable<TestCaseData> GraphCases() => Graphs.Select(graph =>
            new TestCaseData(graph.Spoil, graph.Message).SetArgDisplayNames(graph.Name));

        private static IEnumerable<TestCaseData> TensorCases() => Tensors.Select(tensor =>
            new TestCaseData(tensor.Spoil, tensor.Message).SetArgDisplayNames(tensor.Name));

        [TestCaseSource(nameof(GraphCases))]
        public void GraphIsRefusedInDecoderAndPrior(object spoil, string message)
        {
            Assert.That(Refused(Between(TestBundles.Rgba(), (Func<GraphProto, string>)spoil)), Does.Contain(message));
            var prior = Latents((Func<GraphProto, string>)spoil);
            var network = TestBundles.Rgba().WithPrior(Prior.Network(TestBundles.Z, TestBundles.Z))
                .WithNetwork(prior.ToByteArray());
            Assert.That(Refused(network), Does.Contain("in its prior network, ").And.Contain(message));
        }

        [TestCaseSource(nameof(TensorCases))]
        public void TensorIsRefused(object spoil, string message)
        {
            var model = TestBundles.Rgba();
            ((Action<GraphProto>)spoil)(model.Graph);
            string found = Refused(model);
            Assert.That(message.Split('|').Any(found.Contains), found);
        }

        [Test]
        public void EncodersAreCheckedAlike()
        {
            var model = TestBundles.Encoder();
            model.Graph.Node[^1].OpType = "Tile";
            Assert.That(() => EncoderBundle.Load(model.ToBundle(), "e.vae"), Throws.TypeOf<VaeBundleException>()
                .With.Message.Contains("of operator 'Tile'"));
        }

        // Fields that onnx.proto has and the exporter does not write; ONNX Runtime would read them.
        [TestCase(0x32, "the model", false)]  // doc_string
        [TestCase(0x6A, "its graph", true)]   // value_info
        [TestCase(0x72, "its graph", true)]   // quantization_annotation
        public void FieldsThatNoBundleHasAreRefused(int tag, string where, bool inGraph)
        {
            var model = TestBundles.Rgba();
            var field = new byte[] { (byte)tag, 0 };
            if (inGraph)
            {
                var graph = model.Graph.ToByteArray().Concat(field).ToArray();
                model.Graph = null;
                var length = new byte[] { (byte)(graph.Length & 127 | 128), (byte)(graph.Length >> 7 & 127 | 128),
                    (byte)(graph.Length >> 14) };
                field = new byte[] { 0x3A }.Concat(length).Concat(graph).ToArray();
            }

            var bytes = BundleSeal.Append(model.ToByteArray().Concat(field).ToArray());
            Assert.That(VaeBundleTests.Refusal(bytes), Does.Contain("it has the field " + (tag >> 3) + " in " + where));
        }

        [Test]
        public void BatchesAreAsLargeAsMemoryAllows()
        {
            var small = TestBundles.Load(TestBundles.Rgba());
            Assert.That(small.MostAtOnce(256, onCpu: true), Is.EqualTo(256));
            var large = TestBundles.Load(Between(TestBundles.Rgba(), g => Narrow(g, Wide(g))));
            Assert.That(large.Graph.Live, Is.InRange(4_000_000, CheckedGraph.MostLive));
            Assert.That(large.MostAtOnce(256, onCpu: true), Is.InRange(1, 8));
            using var sprites = new SpriteGenerator(large);
            Assert.That(sprites.Generate(1).Length, Is.EqualTo(TestBundles.Width * TestBundles.Height));
        }

        [Test]
        public void NoOperatorIsKnownThatTheExporterDoesNotWrite()
        {
            var written = typeof(OnnxGraph).GetMethods().Select(method => method.Name == "GatherRows" ? "Gather" : method.Name)
                .ToHashSet();
            Assert.That(Operator.Names.Where(name => !written.Contains(name)), Is.Empty);
        }

        // The refusal, which took little memory.
        private static string Refused(ModelProto model)
        {
            var bytes = model.ToBundle();
            long before = GC.GetAllocatedBytesForCurrentThread();
            string message = VaeBundleTests.Refusal(bytes);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4L * bytes.Length + Spare));
            return message;
        }

        // The model with nodes before all others, which compute from the input what the others read.
        internal static ModelProto Between(ModelProto model, Func<GraphProto, string> spoil)
        {
            var others = model.Graph.Node.ToList();
            model.Graph.Node.Clear();
            string last = spoil(model.Graph);
            foreach (var node in others)
            {
                for (int i = 0; i < node.Input.Count; i++) if (node.Input[i] == "z") node.Input[i] = last;
                model.Graph.Node.Add(node);
            }

            return model;
        }

        private static ModelProto Latents(Func<GraphProto, string> spoil)
        {
            var prior = TestBundles.NewPrior(TestBundles.Z, labelled: false);
            string last = spoil(prior.Graph);
            foreach (var node in prior.Graph.Node)
            {
                for (int i = 0; i < node.Input.Count; i++) if (node.Input[i] == "z") node.Input[i] = "noise";
            }

            TestBundles.Op(prior.Graph, "Neg", "z", last);
            return prior;
        }

        private static string NameTwice(GraphProto g)
        {
            string first = Op(g, "Neg", "z");
            return TestBundles.Op(g, "Neg", first, "z");
        }

        private static string Op(GraphProto g, string type, params string[] inputs) =>
            TestBundles.Op(g, type, "v" + g.Node.Count, inputs);

        private static string With(GraphProto g, string type, Action<NodeProto> attributes, params string[] inputs)
        {
            string output = Op(g, type, inputs.Length > 0 ? inputs : new[] { "z" });
            attributes(g.Node[^1]);
            return output;
        }

        private static string Cast(GraphProto g, string input, int to) =>
            With(g, "Cast", n => TestBundles.Int(n, "to", to), input);

        private static string Longs(GraphProto g, params long[] values) => TestBundles.Shape(g, values);

        private static string Floats(GraphProto g, params float[] values)
        {
            string name = "f" + g.Initializer.Count;
            g.Initializer.Add(TestBundles.Tensor(name, values, values.Length));
            return name;
        }

        private static string Matrix(GraphProto g, int rows, int columns)
        {
            string name = "m" + g.Initializer.Count;
            g.Initializer.Add(TestBundles.Tensor(name, new float[rows * columns], rows, columns));
            return name;
        }

        // A constant (1, 1, n).
        private static string Column(GraphProto g, int n)
        {
            string name = "m" + g.Initializer.Count;
            g.Initializer.Add(TestBundles.Tensor(name, new float[n], 1, 1, n));
            return name;
        }

        private static string Rows(GraphProto g, string x, params long[] sides) =>
            Op(g, "Reshape", x, Longs(g, new long[] { -1 }.Concat(sides).ToArray()));

        private static string Transposed(GraphProto g, string x) =>
            With(g, "Transpose", n => TestBundles.Ints(n, "perm", 1, 0), x);

        private static Func<GraphProto, string> Doubling(string what) => g =>
            Chain(g, 30, what, (x, i) => With(g, "Concat", n => TestBundles.Int(n, "axis", what == "z" ? 1 : 0), x, x));

        private static string Chain(GraphProto g, int count, string x, Func<string, int, string> next)
        {
            for (int i = 0; i < count; i++) x = next(x, i);
            return x;
        }

        // Of z a million numbers a sprite.
        private static string Wide(GraphProto g) => Rows(g, Op(g, "MatMul", Rows(g, "z", 5, 1), Column(g, 200_000)), 1_000_000);

        private static string Narrow(GraphProto g, string wide)
        {
            string[] bounds = { Longs(g, 0), Longs(g, TestBundles.Z), Longs(g, 1) };
            return Op(g, "Slice", wide, bounds[0], bounds[1], bounds[2]);
        }

        private static string ManyProducts(GraphProto g)
        {
            string w = Matrix(g, 1000, 1000), x = Rows(g, Wide(g), 1000); // 1000 rows a sprite: 10^9 products each time
            return Chain(g, 8, x, (y, i) => Op(g, "MatMul", y, w));
        }

        private static string KeepEverything(GraphProto g)
        {
            string wide = Wide(g);
            string[] kept = Enumerable.Range(0, 40).Select(_ => Op(g, "Neg", wide)).ToArray();
            return kept.Aggregate((a, b) => Op(g, "Add", a, b));
        }

        private static string ManyRows(GraphProto g)
        {
            string rows = GatherRows(g, Matrix(g, 1, 3_000), new long[60_000]);
            return Op(g, "Add", "z", rows);
        }

        private static string GatherRows(GraphProto g, string x, params long[] rows) =>
            With(g, "Gather", n => TestBundles.Int(n, "axis", 0), x, Longs(g, rows));

        private static string Conv(GraphProto g, long stride, long[] pads, params long[] dilations) => With(g, "Conv", n =>
        {
            TestBundles.Ints(n, "strides", stride, stride);
            TestBundles.Ints(n, "pads", pads);
            if (dilations.Length > 0) TestBundles.Ints(n, "dilations", dilations);
        }, Rows(g, "z", 5, 1, 1), Weight(g, 1, 5, 1, 1), Floats(g, 0f));

        private static string Weight(GraphProto g, params long[] sides)
        {
            string name = "m" + g.Initializer.Count;
            g.Initializer.Add(TestBundles.Tensor(name, new float[sides.Aggregate(1L, (a, b) => a * b)], sides));
            return name;
        }

        private static string Blocks(GraphProto g, long size) => With(g, "DepthToSpace", n =>
        {
            TestBundles.Int(n, "blocksize", size);
            TestBundles.Text(n, "mode", "CRD");
        }, Rows(g, "z", 5, 1, 1));

        private static void Slope(NodeProto node) => TestBundles.Float(node, "alpha", 0.1f);

        private static TensorProto Empty(params long[] sides)
        {
            var tensor = new TensorProto { Name = "t", DataType = 1 };
            tensor.Dims.Add(sides);
            return tensor;
        }

        // Tells the last Reshape another height.
        private static void Heighten(GraphProto g)
        {
            var tensor = g.Initializer.Single(t => t.Name == g.Node[^2].Input[1]);
            tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<long>(new long[] { -1, 7, TestBundles.Width, 4 }));
        }
    }
}
