using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace VaeContent.Tests.Runtime
{
    /// <summary>Calls that overlap are refused by name: never other pixels, never a crash.</summary>
    [NonParallelizable]
    public sealed class ConcurrentUseTests
    {
        private const int Sprites = 40;

        private static readonly TimeSpan Load = TimeSpan.FromSeconds(2), AtMost = TimeSpan.FromSeconds(60);

        [TestCase("indexed")]
        [TestCase("network")]
        public void TwoThreadsGetTheRightPixelsOrTheException(string kind)
        {
            var bundle = Bundle(kind);
            var expected = new Rgba32[Sprites * bundle.Width * bundle.Height];
            var latent = new float[bundle.LatentSize];
            using var generator = new SpriteGenerator(bundle);
            generator.GenerateBatch(0, Sprites, expected);
            generator.SampleLatent(5, latent);
            var (right, refused) = Hammer(() =>
            {
                var found = new Rgba32[expected.Length];
                var z = new float[latent.Length];
                generator.GenerateBatch(0, Sprites, found);
                if (!found.AsSpan().SequenceEqual(expected)) return false;
                generator.SampleLatent(5, z);
                if (!z.AsSpan().SequenceEqual(latent)) return false;
                generator.Generate(7);
                generator.Interpolate(3, 4, 0.3f);
                return true;
            });
            TestContext.Out.WriteLine(right + " right, " + refused + " refused");
            Assert.That(generator.Generate(0).SequenceEqual(expected.AsSpan(0, generator.PixelCount)));
        }

        [Test]
        public void TwoThreadsGetTheRightPosteriorsOrTheException()
        {
            using var encoder = new SpriteEncoder(EncoderBundle.Load(TestBundles.Encoder().ToBundle(), "e"));
            var sprites = new Rgba32[100 * encoder.PixelCount];
            for (int i = 0; i < sprites.Length; i++) sprites[i] = new Rgba32((byte)i, (byte)(i / 7), (byte)(i / 3));
            float[] mu = new float[100 * TestBundles.Z], logVar = new float[mu.Length];
            encoder.Encode(sprites, 100, mu, logVar);
            var (right, refused) = Hammer(() =>
            {
                float[] foundMu = new float[mu.Length], foundLogVar = new float[mu.Length];
                encoder.Encode(sprites, 100, foundMu, foundLogVar);
                return foundMu.AsSpan().SequenceEqual(mu) && foundLogVar.AsSpan().SequenceEqual(logVar);
            });
            TestContext.Out.WriteLine(right + " right, " + refused + " refused");
        }

        [TestCase("indexed")]
        [TestCase("network")]
        public void DisposeWaitsForTheRunInHand(string kind)
        {
            var bundle = Bundle(kind);
            var encoding = EncoderBundle.Load(TestBundles.Encoder().ToBundle(), "e");
            for (int round = 0; round < 30; round++)
            {
                var generator = new SpriteGenerator(bundle);
                var encoder = new SpriteEncoder(encoding);
                var batch = new Rgba32[Sprites * 100 * generator.PixelCount];
                var sprites = new Rgba32[500 * encoder.PixelCount];
                float[] mu = new float[500 * TestBundles.Z], logVar = new float[mu.Length];
                var generating = UntilDisposed(() => generator.GenerateBatch(0, Sprites * 100, batch));
                var encode = UntilDisposed(() => encoder.Encode(sprites, 500, mu, logVar));
                Thread.Sleep(round % 7);
                generator.Dispose();
                encoder.Dispose();
                Assert.That(generating.Wait(AtMost) && encode.Wait(AtMost));
                Assert.That(() => generator.Generate(1), Throws.TypeOf<ObjectDisposedException>());
                generator.Dispose();
            }
        }

        [Test]
        public void QueueRefusesAGeneratorThatIsDisposedOrAnothersOwn()
        {
            var generator = new SpriteGenerator(Bundle("indexed"));
            var queue = new SpriteQueue(generator, 4);
            var pixels = new Rgba32[generator.PixelCount];
            var latent = new float[TestBundles.Z];
            foreach (Action use in new Action[]
            {
                () => generator.Generate(1), () => generator.Interpolate(1, 2, 0.5f), () => generator.Decode(latent),
                () => generator.GenerateBatch(1, 1, pixels), () => generator.DecodeBatch(latent, 1, pixels),
                () => generator.SampleLatent(1, latent), () => _ = generator.Indices, () => _ = generator.Latent,
                () => generator.Dispose(), () => _ = new SpriteQueue(generator),
            })
                Assert.That(use, Throws.TypeOf<ConcurrentUseException>().With.Message.Contains("belongs to a SpriteQueue"));
            Assert.That(queue.TryGenerate(1, out var ticket));
            Assert.That(SpinWait.SpinUntil(() => queue.Take(ticket, pixels) == SpriteStatus.Ready, AtMost));

            queue.Dispose();
            generator.Dispose();
            Assert.That(() => generator.Generate(1), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => new SpriteQueue(generator), Throws.TypeOf<ObjectDisposedException>());
        }

        [Test]
        public void OverlappingCallsOfAQueueAreRefusedToo()
        {
            var bundle = Bundle("indexed");
            using var generator = new SpriteGenerator(bundle);
            var expected = generator.Generate(9).ToArray();
            var queue = new SpriteQueue(new SpriteGenerator(bundle), 64);
            var (right, refused) = Hammer(() =>
            {
                var found = new Rgba32[expected.Length];
                if (!queue.TryGenerate(9, out var ticket)) return true;
                while (true)
                {
                    try
                    {
                        var status = queue.Take(ticket, found);
                        if (status == SpriteStatus.Waiting) continue;
                        return status == SpriteStatus.Ready && found.AsSpan().SequenceEqual(expected);
                    }
                    catch (ConcurrentUseException)
                    {
                    }
                }
            });
            TestContext.Out.WriteLine(right + " right, " + refused + " refused");
            Assert.That(queue.Count, Is.Zero);
            var asking = UntilDisposed(() => queue.TryGenerate(9, out _));
            queue.Dispose();
            Assert.That(asking.Wait(AtMost));
        }

        // Two threads for a while, and until they have met. What was right, and what was refused; nothing else happens.
        private static (int Right, int Refused) Hammer(Func<bool> call)
        {
            int right = 0, refused = 0, wrong = 0;
            var clock = Stopwatch.StartNew();
            void Work()
            {
                while (clock.Elapsed < Load || (Volatile.Read(ref refused) == 0 && clock.Elapsed < AtMost))
                {
                    try
                    {
                        if (call()) Interlocked.Increment(ref right);
                        else Interlocked.Increment(ref wrong);
                    }
                    catch (ConcurrentUseException)
                    {
                        Interlocked.Increment(ref refused);
                    }
                }
            }

            Task.WaitAll(Task.Run(Work), Task.Run(Work));
            Assert.That(wrong, Is.Zero);
            Assert.That(right, Is.GreaterThan(0));
            Assert.That(refused, Is.GreaterThan(0));
            return (right, refused);
        }

        // Anything but ObjectDisposedException, at the end, fails the task.
        private static Task UntilDisposed(Action call) => Task.Run(() =>
        {
            try
            {
                while (true) call();
            }
            catch (ObjectDisposedException)
            {
            }
        });

        private static VaeBundle Bundle(string kind) =>
            TestBundles.Load(kind == "network" ? TestBundles.Network() : TestBundles.Indexed());
    }
}
