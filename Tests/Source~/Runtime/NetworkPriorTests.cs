using System;
using System.Linq;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NUnit.Framework;
using VaeContent.Internal;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Tests.Runtime
{
    /// <summary>
    /// A prior that is a separate model. What all priors have in common is in <see cref="SpriteGeneratorTests"/>.
    /// </summary>
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
            var prior = TestBundles.PriorNetwork(labelled: true);
            double[] w0 = Numbers(prior, "w0"), b0 = Numbers(prior, "b0"), w1 = Numbers(prior, "w1");
            using var sprites = new SpriteGenerator(TestBundles.Load(TestBundles.Network(labelledPrior: true)));
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
            using var engine = new DecoderEngine(TestBundles.Load(TestBundles.Network()), new GeneratorOptions());
            var batch = engine.BatchFor(64);
            for (int i = 0; i < batch.Count; i++) batch.Draw(i, i, -1, 1f);
            engine.Sample(batch);
            for (int i = 0; i < batch.Count; i++)
            {
                engine.Single.Draw(0, i, -1, 1f);
                engine.Sample(engine.Single);
                Assert.That(batch.Sampled.AsSpan(i * Z, Z).SequenceEqual(engine.Single.Sampled), "sprite " + i);
            }

            Assert.That(batch.Count, Is.GreaterThan(1));
        }

        [Test]
        public void SamplingLeavesPixelsAndLatentAlone([Values("network conditional", "mixture")] string kind)
        {
            using var sprites = new SpriteGenerator(SpriteGeneratorTests.Bundle(kind));
            var pixels = sprites.Generate(1);
            var copy = pixels.ToArray();
            var latent = sprites.Latent.ToArray();
            sprites.SampleLatent(2, new float[Z]);
            Assert.That(pixels.ToArray(), Is.EqualTo(copy));
            Assert.That(sprites.Latent.ToArray(), Is.EqualTo(latent));
            Assert.That(sprites.Indices.ToArray(),
                Is.EqualTo(Enumerable.Range(0, copy.Length).Select(i =>
                    Array.IndexOf(sprites.Bundle.Palette!.Colours.ToArray(), copy[i]))));
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
            if (conditional)
            {
                Assert.That(() => { sprites.Decode(bat); }, Throws.ArgumentException.With.Message.Contains("needs a label"));
            }
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
        public void SeedsAndLatentsAreDecodedInOneRun()
        {
            var bundle = TestBundles.Load(TestBundles.Network(true, true));
            using var sprites = new SpriteGenerator(bundle);
            var owned = new SpriteGenerator(bundle);
            owned.HandOver();
            var slots = Enumerable.Range(0, 4).Select(i => new QueueSlot(i, sprites.PixelCount, Z)).ToArray();
            var latent = Enumerable.Range(0, Z).Select(i => new Sampler(5).Normal(i)).ToArray();
            for (int i = 0; i < slots.Length; i++)
            {
                if (i % 2 == 0) owned.Fill(slots[i], seed: i, label: null, temperature: 1f, palette: null);
                else owned.Fill(slots[i], latent, TestBundles.Labels[i % 3], palette: null);
            }

            Assert.That(owned.Serve(slots), Is.EqualTo(4));
            owned.DisposeOwned();
            for (int i = 0; i < slots.Length; i++)
            {
                var alone = i % 2 == 0 ? sprites.Generate(i) : sprites.Decode(latent, TestBundles.Labels[i % 3]);
                Assert.That(slots[i].Pixels, Is.EqualTo(alone.ToArray()), "slot " + i);
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
            using var decoder = new InferenceSession(bundle.Bytes);
            using var outputs = decoder.Run(new[]
            {
                NamedOnnxValue.CreateFromTensor("z", new DenseTensor<float>(between, new[] { 1, Z })),
                NamedOnnxValue.CreateFromTensor("label", new DenseTensor<float>(new[] { 0.75f, 0.25f, 0f }, new[] { 1, 3 })),
            });
            Assert.That(sprites.Indices.ToArray(), Is.EqualTo(outputs.Single().AsTensor<byte>().ToArray()));
            Assert.That(sprites.Latent.ToArray(), Is.EqualTo(between));
        }

        [Test]
        public void KeptEndsAreThoseOfTheCall()
        {
            var bundle = TestBundles.Load(TestBundles.Network(true, true));
            using var sprites = new SpriteGenerator(bundle);
            var calls = new (long From, long To, string? Label, float Temperature)[]
            {
                (3, 8, null, 1f), (3, 8, null, 1f), (3, 8, "bat", 1f), (3, 8, "bat", 0.5f), (8, 3, "bat", 0.5f), (3, 9, null, 1f),
                (3, 8, null, 1f),
            };
            foreach (var (from, to, label, temperature) in calls)
            {
                var kept = sprites.Interpolate(from, to, 0.5f, label, temperature).ToArray();
                using var fresh = new SpriteGenerator(bundle);
                Assert.That(kept, Is.EqualTo(fresh.Interpolate(from, to, 0.5f, label, temperature).ToArray()));
                Assert.That(() => { sprites.Interpolate(from, to, 0.5f, label, 9f); },
                    Throws.TypeOf<ArgumentOutOfRangeException>());
                sprites.Generate(from + 100);
            }
        }

        [Test]
        public void OnlyAGeneratorDraws()
        {
            var prior = TestBundles.Load(TestBundles.Network()).Prior;
            Assert.That(() => prior.Sample(0, -1, 1f, new float[Z]),
                Throws.InvalidOperationException.With.Message.Contains("SpriteGenerator.SampleLatent"));
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
        [TestCase(BundleKeys.Latent, "6", "asks for 'z' float32 (N, 6)")]
        [TestCase(BundleKeys.LabelCounts, null, "though it has labels")]
        public void BadMetadataIsNamed(string key, string? value, string message) =>
            Assert.That(VaeBundleTests.Refusal(TestBundles.Network(true, true).With(key, value).ToBundle()),
                Does.Contain(message));

        [Test]
        public void NetworkIsCheckedLikeTheFile()
        {
            const string inPrior = "'test.vae', in its prior network, ";
            Assert.That(Spoilt(m => m.IrVersion = 10), Does.StartWith(inPrior + "uses ONNX IR version 10, expected 8"));
            Assert.That(Spoilt(m => m.OpsetImport[0].Version = 21), Does.StartWith(inPrior + "uses ONNX opset 21, expected 17"));
            Assert.That(Spoilt(m => m.Graph.Node[0].Domain = "com.microsoft"), Does.StartWith(inPrior)
                .And.Contain("domain 'com.microsoft'"));
            Assert.That(Spoilt(m => m.Graph.Input.Clear()),
                Does.StartWith(inPrior + "has the inputs none; its metadata asks for 'noise' float32 (N, 3)"));
            Assert.That(Spoilt(m => m.Graph.Output[0].Name = "latent"),
                Does.StartWith(inPrior + "has the outputs 'latent' float32 (N, 5)"));
            Assert.That(Spoilt(m => m.Graph.Output[0].Type.TensorType.Shape.Dim[1].DimValue = 4),
                Does.Contain("'z' float32 (N, 4)"));
            Assert.That(Spoilt(m => m.Graph.Input.Add(TestBundles.Value("label", TensorProto.Types.DataType.Float, -1, 3))),
                Does.Contain("takes a label"));
            Assert.That(Spoilt(m => m.Graph = null), Does.StartWith(inPrior + "is damaged or not a .vae file: it has no graph"));
        }

        [Test]
        public void TensorWithoutANetworkIsRefused()
        {
            var without = TestBundles.Network();
            without.Graph.Initializer.Remove(without.Graph.Initializer.Single(t => t.Name == BundleKeys.PriorNetwork));
            Assert.That(VaeBundleTests.Refusal(without.ToBundle()),
                Does.Contain("lacks the tensor prior.network though its prior is a network"));
            Assert.That(VaeBundleTests.Refusal(without.Clone().WithNetwork(new byte[] { 1, 2, 3 }).ToBundle()),
                Does.Contain("in its prior network, is damaged"));
            Assert.That(VaeBundleTests.Refusal(without.Clone().WithNetwork(Array.Empty<byte>()).ToBundle()),
                Does.Contain("'prior.network' (0) has 0 bytes"));
            Assert.That(VaeBundleTests.Refusal(TestBundles.Network().WithNetwork(new byte[] { 1 }).ToBundle()),
                Does.Contain("prior.network twice"));
        }

        [Test]
        public void NetworkThatContradictsItsDeclarationIsRefused()
        {
            // The second factor of the last product has 3 rows instead of 300.
            Assert.That(Spoilt(m => m.Graph.Node[^1].Input[1] = "w0"), Does.Contain("in its prior network, is damaged")
                .And.Contain("its node 'z', of operator 'MatMul'"));
        }

        private static string Spoilt(Action<ModelProto> spoil)
        {
            var prior = TestBundles.PriorNetwork();
            spoil(prior);
            var model = TestBundles.Indexed().WithPrior(Prior.Network(Z, P)).WithNetwork(prior.ToByteArray());
            return VaeBundleTests.Refusal(model.ToBundle());
        }

        private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);

        private static double[] Numbers(ModelProto model, string name)
        {
            var bytes = model.Graph.Initializer.Single(t => t.Name == name).RawData.ToByteArray();
            return Enumerable.Range(0, bytes.Length / 4).Select(i => (double)BitConverter.ToSingle(bytes, 4 * i)).ToArray();
        }
    }
}
