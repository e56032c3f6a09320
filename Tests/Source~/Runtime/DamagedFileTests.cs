using System;
using System.Text;
using Google.Protobuf;
using NUnit.Framework;
using VaeContent.Internal;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Tests.Runtime
{
    /// <summary>Whatever the bytes are: the bundle that was exported, or a VaeBundleException.</summary>
    public sealed class DamagedFileTests
    {
        private static ModelProto Good(bool network) => (network
                ? TestBundles.Network(true, true)
                : TestBundles.Indexed(conditional: true).WithPrior(TestBundles.SomeMixture()))
            .With(BundleKeys.Exemplars, "Oak\t0\t" + Q16.ToBase64(new int[5]));

        [TestCase(false)]
        [TestCase(true)]
        public void EveryTruncationIsRefused(bool network)
        {
            var bytes = Good(network).ToBundle();
            for (int length = 0; length < bytes.Length; length++)
            {
                Assert.That(TryLoad(bytes.AsSpan(0, length).ToArray()), Is.Null, length + " of " + bytes.Length + " bytes");
            }

            Assert.That(TryLoad(bytes), Is.Not.Null);
        }

        [TestCase(false)]
        [TestCase(true)]
        public void EveryFlippedBitIsRefused(bool network)
        {
            var random = TestSeed.NewRandom();
            byte[] decoder = Good(network).ToBundle(), encoder = TestBundles.Encoder(conditional: true).ToBundle();
            for (int i = 0; i < 10_000; i++)
            {
                var bytes = i % 4 == 0 ? encoder : decoder;
                int bit = random.Next(bytes.Length * 8);
                bytes[bit / 8] ^= (byte)(1 << bit % 8);
                object? loaded = bytes == encoder ? TryLoadEncoder(bytes) : TryLoad(bytes);
                Assert.That(loaded, Is.Null, "bit " + bit);
                bytes[bit / 8] ^= (byte)(1 << bit % 8);
            }

            Assert.That(TryLoad(decoder), Is.Not.Null);
            Assert.That(TryLoadEncoder(encoder), Is.Not.Null);
        }

        [Test]
        public void NothingFollowsTheChecksum()
        {
            var twice = BundleSeal.Append(Good(false).ToBundle());
            Assert.That(VaeBundleTests.Refusal(twice), Does.Contain("metadata key 'vaecontent.sha256' twice"));
            Assert.That(VaeBundleTests.Refusal(Good(false).ToByteArray()), Does.Contain("does not end with its checksum"));
            var longer = Good(false).ToBundle().AsSpan().ToArray();
            Array.Resize(ref longer, longer.Length + 3);
            new byte[] { 0x12, 1, 65 }.CopyTo(longer, longer.Length - 3); // producer_name again
            Assert.That(VaeBundleTests.Refusal(longer), Does.Contain("does not end with its checksum"));
        }

        [Test]
        public void RandomBytesAreRefused()
        {
            var random = TestSeed.NewRandom();
            for (int i = 0; i < 2000; i++)
            {
                var bytes = new byte[random.Next(1, 300)];
                random.NextBytes(bytes);
                Assert.That(TryLoad(bytes), Is.Null);
            }
        }

        [TestCase(false)]
        [TestCase(true)]
        public void BitsFlippedBeforeTheChecksumIsMadeGiveABundleThatRunsOrARefusal(bool network)
        {
            var random = TestSeed.NewRandom();
            var good = Good(network).ToByteArray();
            int prior = good.AsSpan().IndexOf(Encoding.ASCII.GetBytes(BundleKeys.PriorNetwork));
            int accepted = 0, running = 0;
            for (int i = 0; i < 2000; i++)
            {
                var bytes = (byte[])good.Clone();
                for (int flips = random.Next(1, 4); flips > 0; flips--)
                {
                    // A model's nodes stand at its front, metadata at the end; flipped weights in between would teach little.
                    int start = network && random.Next(2) == 0 ? prior : 0;
                    int at = random.Next(2) == 0 ? start + random.Next(600) : bytes.Length - 1 - random.Next(1800);
                    bytes[at] ^= (byte)(1 << random.Next(8));
                }

                var bundle = TryLoad(BundleSeal.Append(bytes));
                if (bundle == null) continue;
                accepted++;
                try
                {
                    using var sprites = new SpriteGenerator(bundle);
                    sprites.Generate(i);
                    sprites.Interpolate(i, i + 1, 0.5f);
                    running++;
                }
                catch (VaeBundleException e)
                {
                    VaeBundleTests.OneLine(e, "test.vae");
                }
                catch (Exception e) when (e is not AssertionException)
                {
                    Assert.Fail("flip " + i + ": " + e);
                }
            }

            TestContext.Out.WriteLine(accepted + " of 2000 accepted by Load, " + running + " run");
            Assert.That(running, Is.GreaterThan(0));
        }

        [TestCase(float.NaN)]
        [TestCase(float.PositiveInfinity)]
        [TestCase(float.NegativeInfinity)]
        public void WeightsThatAreNotFiniteAreRefused(float value)
        {
            var weights = new float[TestBundles.Z * 24 * 4];
            weights[^1] = value;
            var model = TestBundles.Rgba();
            model.Graph.Initializer[0] = TestBundles.Tensor("w", weights, TestBundles.Z, 24 * 4);
            Assert.That(VaeBundleTests.Refusal(model.ToBundle()), Does.Contain("its weights 'w' are not finite numbers"));
            var half = new TensorProto { Name = "h", DataType = (int)TensorProto.Types.DataType.Float16 };
            half.Dims.Add(1);
            half.RawData = ByteString.CopyFrom(BitConverter.GetBytes((Half)value));
            model = TestBundles.Rgba();
            model.Graph.Initializer.Add(half);
            Assert.That(VaeBundleTests.Refusal(model.ToBundle()), Does.Contain("'h' are not finite"));
            var prior = TestBundles.PriorNetwork();
            prior.Graph.Initializer.Add(half);
            Assert.That(VaeBundleTests.Refusal(TestBundles.Indexed().WithNetwork(prior).ToBundle()),
                Does.Contain("in its prior network, is damaged").And.Contain("'h' are not finite"));
        }

        [Test]
        public void HostileNamesStayOnOneLine()
        {
            Assert.That(() => VaeBundle.Load(new byte[] { 1, 2, 3 }, "evil\r\nname\u2028.vae"),
                Throws.TypeOf<VaeBundleException>().With.Message.Not.Contains("\n").And.Message.Not.Contains("\u2028"));
        }

        private static VaeBundle? TryLoad(byte[] bytes) => TryLoad(bytes, VaeBundle.Load);

        private static EncoderBundle? TryLoadEncoder(byte[] bytes) => TryLoad(bytes, EncoderBundle.Load);

        private static T? TryLoad<T>(byte[] bytes, Func<byte[], string, T> load) where T : class
        {
            try
            {
                return load(bytes, "test.vae");
            }
            catch (VaeBundleException e)
            {
                VaeBundleTests.OneLine(e, "test.vae");
                return null;
            }
        }
    }
}
