using System;
using System.Linq;
using Google.Protobuf;
using NUnit.Framework;
using VaeContent.Internal;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Graphs.Onnx;

namespace VaeContent.Tests.Runtime
{
    /// <summary>Format 2: prior and decoder in one graph. What all priors have in common is in <see cref="SpriteGeneratorTests"/>.</summary>
    public sealed class NetworkPriorTests
    {
        private const int Z = TestBundles.Z, P = TestBundles.P, Hidden = TestBundles.Hidden;

        [Test]
        public void NoiseIsTheNormalPriorsDrawBitForBit()
        {
            using var sprites = new SpriteGenerator(TestBundles.Load(TestBundles.IdentityNetwork()));
            float[] expected = new float[Z], found = new float[Z];
            foreach (float temperature in new[] { 0f, 0.37f, 1f, 8f })
            {
                for (long seed = -50; seed < 50; seed++)
                {
                    Prior.Normal(Z).Sample(seed, -1, temperature, expected);
                    sprites.SampleLatent(seed, found, temperature: temperature);
                    Assert.That(Bits(found), Is.EqualTo(Bits(expected)));
                }
            }
        }

        [Test]
        public void LatentIsWhatTheNetworkComputes()
        {
            var model = TestBundles.Network(labelledPrior: true);
            double[] w0 = Numbers(model, "prior.w0"), b0 = Numbers(model, "prior.b0"), w1 = Numbers(model, "prior.w1");
            using var sprites = new SpriteGenerator(TestBundles.Load(model));
            var z = new float[Z];
            for (long seed = 0; seed < 20; seed++)
            {
                int label = (int)(seed % 3);
                var hidden = Enumerable.Range(0, Hidden).Select(h => Math.Tanh(b0[h] + w0[(P + label) * Hidden + h]
                    + Enumerable.Range(0, P).Sum(i => new Sampler(seed).Normal(i) * w0[i * Hidden + h]))).ToArray();
                sprites.SampleLatent(seed, z, TestBundles.Labels[label]);
                for (int i = 0; i < Z; i++)
                {
                    Assert.That(z[i], Is.EqualTo(Enumerable.Range(0, Hidden).Sum(h => hidden[h] * w1[h * Z + i])).Within(1e-5));
                }
            }
        }

        [Test]
        public void LatentsOfABatchAreThoseOfSingles()
        {
            const int count = 64;
            byte[] whole = TestBundles.Network().ToByteArray();
            var noise = Enumerable.Range(0, count * P).Select(i => (double)new Sampler(9).Normal(i)).ToArray();
            double[] Latents(int first, int n) => OnnxRun.Run(whole, new[] { ("noise", ElementType.Float, new[] { n, P }, noise[(first * P)..((first + n) * P)]) })["z"].Data;
            var batch = Latents(0, count);
            for (int i = 0; i < count; i++) Assert.That(Latents(i, 1), Is.EqualTo(batch[(i * Z)..((i + 1) * Z)]), "sprite " + i);
        }

        [Test]
        public void DecoderIsTheGraphWithoutThePrior([Values] bool labelledPrior, [Values] bool conditional)
        {
            var whole = TestBundles.Network(labelledPrior, conditional);
            var decoder = ModelProto.Parser.ParseFrom(TestBundles.Load(whole).Cut!.Decoder());
            var alone = TestBundles.Indexed(conditional); // built without a prior
            Assert.That(decoder.Graph.Node, Is.EqualTo(alone.Graph.Node));
            Assert.That(decoder.Graph.Initializer, Is.EqualTo(alone.Graph.Initializer));
            Assert.That(decoder.Graph.Input, Is.EquivalentTo(alone.Graph.Input));
            Assert.That(decoder.Graph.Output, Is.EqualTo(alone.Graph.Output));
            Assert.That((decoder.IrVersion, decoder.OpsetImport[0].Version), Is.EqualTo((whole.IrVersion, 17L)));
            Assert.That(decoder.MetadataProps, Is.Empty);
        }

        [Test]
        public void EachPartTakesTheLabelOrNot([Values] bool labelledPrior, [Values] bool conditional)
        {
            var bundle = TestBundles.Load(TestBundles.Network(labelledPrior, conditional));
            Assert.That((bundle.Prior.DependsOnLabel, bundle.IsConditional), Is.EqualTo((labelledPrior, conditional)));
            Assert.That((bundle.Prior.IsNetwork, bundle.Prior.NoiseSize, bundle.Prior.ComponentCount), Is.EqualTo((true, P, 0)));
            using var sprites = new SpriteGenerator(bundle);
            if (bundle.Labels.Count == 0) return;
            float[] knight = new float[Z], bat = new float[Z];
            sprites.SampleLatent(4, knight, "knight");
            sprites.SampleLatent(4, bat, "bat");
            Assert.That(knight.SequenceEqual(bat), Is.EqualTo(!labelledPrior));
            if (conditional) Assert.That(() => { sprites.Decode(bat); }, Throws.ArgumentException.With.Message.Contains("needs a label"));
            else Assert.That(sprites.Decode(bat).ToArray(), Is.EqualTo(sprites.Generate(4, "bat").ToArray()));
        }

        [Test]
        public void UnlabelledCallsTakeThePickedLabel()
        {
            var bundle = TestBundles.Load(TestBundles.Network(true, true));
            using var sprites = new SpriteGenerator(bundle);
            for (int seed = 0; seed < 12; seed++)
            {
                var picked = sprites.Generate(seed, TestBundles.Labels[bundle.Prior.PickLabel(seed)]).ToArray();
                Assert.That(sprites.Generate(seed).ToArray(), Is.EqualTo(picked));
            }
        }

        [Test]
        public void MorphsDrawEachEndUnderItsLabelAndBlendTheLabels()
        {
            var bundle = TestBundles.Load(TestBundles.Network(true, true));
            const int from = 3, to = 8;
            Assert.That((bundle.Prior.PickLabel(from), bundle.Prior.PickLabel(to)), Is.EqualTo((0, 1)));
            using var sprites = new SpriteGenerator(bundle);
            float[] a = new float[Z], b = new float[Z], between = new float[Z];
            sprites.SampleLatent(from, a, "knight");
            sprites.SampleLatent(to, b, "slime");
            Latent.Slerp(a, b, 0.25f, between);
            sprites.Interpolate(from, to, 0.25f);
            var pixels = OnnxRun.Run(bundle.Cut!.Decoder(), new[]
            {
                ("z", ElementType.Float, new[] { 1, Z }, Array.ConvertAll(between, x => (double)x)),
                ("label", ElementType.Float, new[] { 1, 3 }, new[] { 0.75, 0.25, 0 }),
            })["pixels"].Data;
            Assert.That(sprites.Indices.ToArray().Select(i => (double)i), Is.EqualTo(pixels));
            Assert.That(sprites.Latent.ToArray(), Is.EqualTo(between));
        }

        [Test]
        public void KeptEndsAreThoseOfTheCall()
        {
            var bundle = TestBundles.Load(TestBundles.Network(true, true));
            using var sprites = new SpriteGenerator(bundle);
            var calls = new (long From, long To, string? Label, float Temperature)[]
            {
                (3, 8, null, 1f), (3, 8, null, 1f), (3, 8, "bat", 1f), (3, 8, "bat", 0.5f), (8, 3, "bat", 0.5f), (3, 9, null, 1f), (3, 8, null, 1f),
            };
            foreach (var (from, to, label, temperature) in calls)
            {
                var kept = sprites.Interpolate(from, to, 0.5f, label, temperature).ToArray();
                using var fresh = new SpriteGenerator(bundle);
                Assert.That(kept, Is.EqualTo(fresh.Interpolate(from, to, 0.5f, label, temperature).ToArray()));
                Assert.That(() => { sprites.Interpolate(from, to, 0.5f, label, 9f); }, Throws.TypeOf<ArgumentOutOfRangeException>());
                sprites.Generate(from + 100);
            }
        }

        [Test]
        public void OnlyAGeneratorDraws()
        {
            var prior = TestBundles.Load(TestBundles.Network()).Prior;
            Assert.That(() => prior.Sample(0, -1, 1f, new float[Z]), Throws.InvalidOperationException.With.Message.Contains("SpriteGenerator.SampleLatent"));
            Assert.That(() => Prior.Network(0, 3), Throws.ArgumentException);
            Assert.That(() => Prior.Network(3, 0), Throws.ArgumentException);
            Assert.That(() => Prior.Network(3, 4097), Throws.ArgumentException);
            Assert.That(() => Prior.Network(3, 3, new[] { 0 }), Throws.ArgumentException);
            Assert.That(() => Prior.Network(3, 3, dependsOnLabel: true), Throws.ArgumentException);
        }

        [TestCase(BundleKeys.PriorNoise, null, "though its prior is a network")]
        [TestCase(BundleKeys.PriorNoise, "0", "from 1 to 4096")]
        [TestCase(BundleKeys.PriorNoise, "4097", "from 1 to 4096")]
        [TestCase(BundleKeys.PriorNoise, "three", "from 1 to 4096")]
        [TestCase(BundleKeys.PriorNoise, "4", "asks for 'noise' float32 (N, 4)")]
        [TestCase(BundleKeys.Latent, "6", "'z' float32 (N, 6)")]
        [TestCase(BundleKeys.Format, "1", "as its format is 1")]
        [TestCase(BundleKeys.Format, "3", "reads formats 1 to 2")]
        [TestCase(BundleKeys.Prior, "normal", "asks for 'z' float32 (N, 5), 'label'")]
        [TestCase(BundleKeys.LabelCounts, null, "though it has labels")]
        public void BadMetadataIsNamed(string key, string? value, string message) =>
            Assert.That(VaeBundleTests.Refusal(TestBundles.Network(true, true).With(key, value).ToByteArray()), Does.Contain(message));

        [Test]
        public void GraphsWithoutACutAreRefused()
        {
            Assert.That(Spoilt(g => g.Output.RemoveAt(1)), Does.Contain("asks for 'pixels' uint8 (N, 4, 6), 'z' float32 (N, 5)"));
            Assert.That(Spoilt(g => g.Output[1].Type.TensorType.Shape.Dim[1].DimValue = 4), Does.Contain("'z' float32 (N, 4)"));
            Assert.That(Spoilt(g => g.Input.RemoveAt(0)), Does.Contain("the inputs none"));
            Assert.That(Spoilt(g => Producer(g, "z").Output[0] = "y"), Does.Contain("no node computes its output 'z'"));
            Assert.That(Spoilt(g => Producer(g, "dense").Input[0] = "elsewhere"), Does.Contain("not computed from 'z'"));
            Assert.That(Spoilt(g => Producer(g, "logits").Input[0] = "noise"), Does.Contain("not computed from 'z'"));
            Assert.That(Spoilt(g => Producer(g, "dense").Input[2] = "prior.hidden"), Does.Contain("from 'noise' past 'z'"));
            Assert.That(Spoilt(g =>
            {
                var split = new NodeProto { OpType = "Split", Input = { "prior.c" }, Output = { "z", "rest" } };
                g.Node[g.Node.IndexOf(Producer(g, "z"))] = split;
                Producer(g, "dense").Input[2] = "rest";
            }), Does.Contain("another output of the node that computes 'z'"));
        }

        [Test]
        public void OtherPriorsStayInFormatOne()
        {
            Assert.That(TestBundles.Load(TestBundles.Rgba()).Cut, Is.Null);
            Assert.That(TestBundles.Load(TestBundles.Rgba().With(BundleKeys.Format, "2")).Prior.IsNetwork, Is.False);
            Assert.That(Entry(TestBundles.Rgba().WithLabels().WithPrior(TestBundles.SomeMixture()), BundleKeys.Format), Is.EqualTo("1"));
            Assert.That(Entry(TestBundles.Network(), BundleKeys.Format), Is.EqualTo("2"));
        }

        private static string Spoilt(Action<GraphProto> spoil)
        {
            var model = TestBundles.Network();
            spoil(model.Graph);
            return VaeBundleTests.Refusal(model.ToByteArray());
        }

        private static NodeProto Producer(GraphProto graph, string value) => graph.Node.Single(node => node.Output.Contains(value));

        private static string Entry(ModelProto model, string key) => model.MetadataProps.Single(entry => entry.Key == key).Value;

        private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);

        private static double[] Numbers(ModelProto model, string name)
        {
            var bytes = model.Graph.Initializer.Single(t => t.Name == name).RawData.ToByteArray();
            return Enumerable.Range(0, bytes.Length / 4).Select(i => (double)BitConverter.ToSingle(bytes, 4 * i)).ToArray();
        }
    }
}
