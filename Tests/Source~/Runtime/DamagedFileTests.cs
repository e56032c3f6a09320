using System;
using System.Text;
using Google.Protobuf;
using NUnit.Framework;
using VaeContent.Internal;

namespace VaeContent.Tests.Runtime
{
    /// <summary>Whatever the bytes are: a bundle, or a VaeBundleException.</summary>
    public sealed class DamagedFileTests
    {
        private static byte[] Good(bool network) => (network
                ? TestBundles.Network(true, true)
                : TestBundles.Indexed(conditional: true).WithPrior(TestBundles.SomeMixture()))
            .With(BundleKeys.Exemplars, "Oak\t0\t" + Q16.ToBase64(new int[5])).ToByteArray();

        [TestCase(false)]
        [TestCase(true)]
        public void EveryTruncationIsRefusedOrComplete(bool network)
        {
            var bytes = Good(network);
            int accepted = 0;
            for (int length = 0; length < bytes.Length; length++)
            {
                if (TryLoad(bytes.AsSpan(0, length).ToArray()) != null) accepted++;
            }

            // Only a cut between optional entries at the very end leaves a whole bundle.
            Assert.That(accepted, Is.LessThanOrEqualTo(2));
        }

        [Test]
        public void RandomBytesAreRefused()
        {
            var random = new Random(1);
            for (int i = 0; i < 2000; i++)
            {
                var bytes = new byte[random.Next(1, 300)];
                random.NextBytes(bytes);
                Assert.That(TryLoad(bytes), Is.Null);
            }
        }

        [TestCase(false)]
        [TestCase(true)]
        public void FlippedBytesGiveABundleThatRunsOrARefusal(bool network)
        {
            const int seed = 20240607;
            var random = new Random(seed);
            var good = Good(network);
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

                var bundle = TryLoad(bytes);
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
                    Assert.Fail("flip " + i + " of seed " + seed + ": " + e);
                }
            }

            TestContext.Out.WriteLine(accepted + " of 2000 accepted by Load, " + running + " run");
            Assert.That(running, Is.GreaterThan(0));
        }

        private static VaeBundle? TryLoad(byte[] bytes)
        {
            try
            {
                return VaeBundle.Load(bytes, "test.vae");
            }
            catch (VaeBundleException e)
            {
                VaeBundleTests.OneLine(e, "test.vae");
                return null;
            }
        }
    }
}
