using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NUnit.Framework;

namespace VaeContent.Tests.Runtime
{
    public sealed class SpriteQueueTests
    {
        private const int Pixels = TestBundles.Width * TestBundles.Height;

        private static readonly string[] Kinds = { "rgba", "indexed conditional", "mixture", "network", "network conditional" };

        [TestCaseSource(nameof(Kinds))]
        public void EveryTicketIsServedInOrderWithTheSynchronousPixels(string kind)
        {
            const int count = 500;
            var bundle = SpriteGeneratorTests.Bundle(kind);
            using var sync = new SpriteGenerator(bundle);
            using var queue = new SpriteQueue(new SpriteGenerator(bundle, new GeneratorOptions { BatchSize = 16 }), 40);
            var open = new Queue<(int Number, SpriteTicket Ticket)>();
            var pixels = new Rgba32[Pixels];
            int asked = 0, taken = 0;
            while (taken < count)
            {
                while (asked < count && Ask(queue, bundle, asked, out var ticket)) open.Enqueue((asked++, ticket));
                AssertServedInOrder(queue, open);
                while (open.Count > 0 && queue.Take(open.Peek().Ticket, pixels) == SpriteStatus.Ready)
                {
                    var (number, ticket) = open.Dequeue();
                    Assert.That(pixels, Is.EqualTo(Expected(sync, bundle, number)), "request " + number);
                    Assert.That(queue.Poll(ticket), Is.EqualTo(SpriteStatus.Unknown));
                    taken++;
                }
            }

            Assert.That((queue.Count, queue.Failure), Is.EqualTo((0, (string?)null)));
        }

        [Test]
        public void FullQueueRefusesUntilAPlaceIsFree()
        {
            using var queue = NewQueue(4);
            var tickets = new SpriteTicket[4];
            for (int i = 0; i < 4; i++) Assert.That(queue.TryGenerate(i, out tickets[i]));
            Assert.That(queue.TryGenerate(4, out var refused), Is.False);
            Assert.That(queue.TryDecode(new float[TestBundles.Z], out refused), Is.False);
            Assert.That((refused, queue.Poll(refused), queue.Count, queue.Capacity),
                Is.EqualTo((default(SpriteTicket), SpriteStatus.Unknown, 4, 4)));
            Assert.That(WaitFor(queue, tickets[2]), Is.EqualTo(SpriteStatus.Ready));
            Assert.That(queue.Take(tickets[2], new Rgba32[Pixels]), Is.EqualTo(SpriteStatus.Ready));
            Assert.That(queue.TryGenerate(4, out var next));
            Assert.That(queue.TryGenerate(5, out _), Is.False);
            Assert.That(next, Is.Not.EqualTo(tickets[2]));
            Assert.That((queue.Poll(tickets[2]), queue.Cancel(tickets[2])), Is.EqualTo((SpriteStatus.Unknown, false)));
        }

        [Test]
        public void CancelledTicketsGiveTheirPlacesBackAndOthersStay()
        {
            const long seed = 20261123;
            TestContext.Out.WriteLine("seed " + seed);
            var random = new Sampler(seed);
            var bundle = SpriteGeneratorTests.Bundle("convolutional");
            using var sync = new SpriteGenerator(bundle);
            using var queue = new SpriteQueue(new SpriteGenerator(bundle), 32);
            var pixels = new Rgba32[queue.PixelCount];
            var open = new List<(int Number, SpriteTicket Ticket)>();
            int taken = 0, cancelled = 0;
            for (int i = 0; i < 3000; i++)
            {
                if (random.Below(2, 2 * i) == 0 && queue.TryGenerate(i, out var ticket)) open.Add((i, ticket));
                if (open.Count == 0 || random.Below(3, 2 * i + 1) > 0) continue;
                int which = (int)random.Below(open.Count, 2 * i + 1);
                var (number, old) = open[which];
                if (random.Below(2, 3 * i + 7000) == 0)
                {
                    Assert.That(queue.Cancel(old));
                    Assert.That((queue.Poll(old), queue.Cancel(old), queue.Take(old, pixels)),
                        Is.EqualTo((SpriteStatus.Unknown, false, SpriteStatus.Unknown)));
                    cancelled++;
                }
                else
                {
                    WaitFor(queue, old);
                    Assert.That(queue.Take(old, pixels), Is.EqualTo(SpriteStatus.Ready));
                    Assert.That(sync.Generate(number).SequenceEqual(pixels), "request " + number);
                    taken++;
                }

                open.RemoveAt(which);
            }

            Assert.That((taken, cancelled), Is.GreaterThan((100, 100)));
            foreach (var (_, ticket) in open) Assert.That(queue.Cancel(ticket));
            Assert.That(SpinWait.SpinUntil(() => queue.Count == 0, 60_000), "places come back");
            for (int i = 0; i < 32; i++) Assert.That(queue.TryGenerate(i, out _));
        }

        [Test]
        public void DisposeUnderLoadEndsTheThread()
        {
            var bundle = SpriteGeneratorTests.Bundle("convolutional");
            for (int round = 0; round < 20; round++)
            {
                var queue = new SpriteQueue(new SpriteGenerator(bundle), 64);
                SpriteTicket ticket = default;
                for (int i = 0; i < 64; i++) queue.TryGenerate(i, out ticket);
                for (int i = 0; i < round; i++) Thread.Yield();
                queue.Dispose();
                queue.Dispose();
                Assert.That(() => queue.Poll(ticket), Throws.TypeOf<ObjectDisposedException>());
                Assert.That(() => queue.TryGenerate(1, out _), Throws.TypeOf<ObjectDisposedException>());
                Assert.That(() => queue.Take(ticket, new Rgba32[queue.PixelCount]), Throws.TypeOf<ObjectDisposedException>());
            }
        }

        [Test]
        public void FailureOfTheEngineIsToldByTheTickets()
        {
            var broken = new SpriteGenerator(SpriteGeneratorTests.Bundle("indexed"));
            broken.Stop();
            using var queue = new SpriteQueue(broken, 3);
            var pixels = Enumerable.Repeat(new Rgba32(1, 2, 3), Pixels).ToArray();
            for (int i = 0; i < 10; i++)
            {
                Assert.That(queue.TryGenerate(i, out var ticket));
                Assert.That(WaitFor(queue, ticket), Is.EqualTo(SpriteStatus.Failed));
                Assert.That((queue.Take(ticket, pixels), queue.Poll(ticket)),
                    Is.EqualTo((SpriteStatus.Failed, SpriteStatus.Unknown)));
            }

            Assert.That(queue.Failure, Does.StartWith("'test.vae' does not run: ").And.Not.Contains("\n"));
            Assert.That(pixels, Is.All.EqualTo(new Rgba32(1, 2, 3)));
        }

        [TestCaseSource(nameof(Kinds))]
        public void FramesMakeNoGarbageOnAnyThread(string kind)
        {
            var bundle = SpriteGeneratorTests.Bundle(kind);
            using var queue = new SpriteQueue(new SpriteGenerator(bundle), 16);
            var tickets = new SpriteTicket[9];
            var pixels = new Rgba32[Pixels];
            const int FramesMeasured = 50, SmallestObject = 24;
            void Frames()
            {
                for (int frame = 0; frame < FramesMeasured; frame++)
                {
                    for (int i = 0; i < 9; i++) Ask(queue, bundle, i, out tickets[i]);
                    queue.Cancel(tickets[8]);
                    for (int i = 0; i < 8; i++)
                    {
                        while (queue.Take(tickets[i], pixels) == SpriteStatus.Waiting) Thread.Yield();
                    }
                }
            }

            // The threads of the test host allocate now and then, too; one object a frame would be more than they do.
            Assert.That(Allocation.LeastOfAllThreads(Frames), Is.LessThan(FramesMeasured * SmallestObject));
        }

        [Test]
        public void ArgumentsAreCheckedWhenAskedForAndTakeNoPlace()
        {
            using var rgba = NewQueue(2);
            Assert.That(() => rgba.TryGenerate(0, out _, "dragon"), Throws.ArgumentException.With.Message.Contains("no labels"));
            Assert.That(() => rgba.TryGenerate(0, out _, temperature: 9f), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => rgba.TryGenerate(0, out _, palette: new Palette(new Rgba32[2])),
                Throws.ArgumentException.With.Message.Contains("no palette"));
            Assert.That(() => rgba.TryDecode(new float[4], out _),
                Throws.ArgumentException.With.Message.Contains("4 numbers, expected 5"));
            Assert.That(() => rgba.Take(default, new Rgba32[3]), Throws.ArgumentException.With.Message.Contains("holds 3"));
            Assert.That(rgba.Count, Is.Zero);
            using var generator = new SpriteGenerator(SpriteGeneratorTests.Bundle("rgba"));
            Assert.That(() => new SpriteQueue(generator, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new SpriteQueue(generator, 5000), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new SpriteQueue(null!), Throws.ArgumentNullException);
        }

        private static readonly float[] Latent = new float[TestBundles.Z];
        private static readonly float[] Temperatures = { 1f, 0.5f, 0f, 2f };
        private static readonly Palette Swapped = SpriteGeneratorTests.Bundle("indexed").Palette!.ShiftHue(90f);

        private static SpriteQueue NewQueue(int capacity) =>
            new SpriteQueue(new SpriteGenerator(SpriteGeneratorTests.Bundle("rgba")), capacity);

        /// <summary>
        /// Request i of a sequence in which seeds, latents, labels, temperatures and palettes change at different rates.
        /// </summary>
        private static bool Ask(SpriteQueue queue, VaeBundle bundle, int i, out SpriteTicket ticket)
        {
            var (label, palette) = Arguments(bundle, i);
            if (i % 5 > 2) return queue.TryDecode(LatentOf(i), out ticket, label ?? Needed(bundle), palette);
            return queue.TryGenerate(i, out ticket, label, Temperatures[i / 7 % 4], palette);
        }

        private static Rgba32[] Expected(SpriteGenerator sync, VaeBundle bundle, int i)
        {
            var (label, palette) = Arguments(bundle, i);
            if (i % 5 > 2) return sync.Decode(LatentOf(i), label ?? Needed(bundle), palette).ToArray();
            return sync.Generate(i, label, Temperatures[i / 7 % 4], palette).ToArray();
        }

        private static (string? Label, Palette? Palette) Arguments(VaeBundle bundle, int i) =>
            (bundle.Labels.Count > 0 && i % 3 > 0 ? bundle.Labels[i % 2] : null,
                bundle.Palette != null && i % 4 == 1 ? Swapped : null);

        private static string? Needed(VaeBundle bundle) => bundle.IsConditional ? "bat" : null;

        private static float[] LatentOf(int i)
        {
            for (int k = 0; k < Latent.Length; k++) Latent[k] = new Sampler(i, 20).Normal(k);
            return Latent;
        }

        private static SpriteStatus WaitFor(SpriteQueue queue, SpriteTicket ticket)
        {
            while (queue.Poll(ticket) == SpriteStatus.Waiting) Thread.Yield();
            return queue.Poll(ticket);
        }

        // From the last to the first: a later one that is ready proves that the earlier ones are.
        private static void AssertServedInOrder(SpriteQueue queue, IEnumerable<(int, SpriteTicket Ticket)> open)
        {
            bool isReady = false;
            foreach (var (number, ticket) in open.Reverse())
            {
                var status = queue.Poll(ticket);
                if (isReady) Assert.That(status, Is.EqualTo(SpriteStatus.Ready), "request " + number);
                isReady |= status == SpriteStatus.Ready;
            }
        }
    }
}
