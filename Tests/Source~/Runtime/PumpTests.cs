using System;
using System.Collections.Generic;
using NUnit.Framework;
using VaeContent.Tests.Package;

namespace VaeContent.Tests.Runtime
{
    /// <summary>A queue without a thread.</summary>
    public sealed class PumpTests
    {
        private static VaeBundle Heroes { get; } = VaeBundle.Load(Repository.At("Samples/Bundles/heroes.vae"));

        [TestCase("network conditional", Device.Cpu)]
        [TestCase("mixture", Device.Cpu)]
        [TestCase("rgba", Device.Managed)]
        [TestCase("heroes", Device.Managed)]
        public void TicketsAreServedInOrderWithTheSynchronousPixels(string kind, Device device)
        {
            var bundle = kind == "heroes" ? Heroes : SpriteGeneratorTests.Bundle(kind);
            using var sync = new SpriteGenerator(bundle, new GeneratorOptions { Device = device });
            using var queue = NewQueue(bundle, device, 8);
            var open = new Queue<(int Number, SpriteTicket Ticket)>();
            var pixels = new Rgba32[queue.PixelCount];
            int asked = 0, pumps = 0;
            while (asked < 30 || open.Count > 0)
            {
                while (asked < 30 && Ask(queue, bundle, asked, out var ticket)) open.Enqueue((asked++, ticket));
                bool isWaiting = queue.Pump(TimeSpan.Zero);
                pumps++;
                bool mayBeReady = true; // once one waits, all after it do
                foreach (var (_, ticket) in open)
                {
                    bool isReady = queue.Poll(ticket) == SpriteStatus.Ready;
                    Assert.That(isReady && !mayBeReady, Is.False);
                    mayBeReady = isReady;
                }

                Assert.That(isWaiting, Is.EqualTo(!mayBeReady));
                while (open.Count > 0 && queue.Take(open.Peek().Ticket, pixels) == SpriteStatus.Ready)
                {
                    Assert.That(pixels, Is.EqualTo(Expected(sync, bundle, open.Dequeue().Number)));
                }
            }

            Assert.That((queue.Count, queue.Failure, queue.Pump(TimeSpan.FromSeconds(1))), Is.EqualTo((0, (string?)null, false)));
            if (kind == "heroes") Assert.That(pumps, Is.GreaterThan(20 * 30), "a sprite is cut between operators");
        }

        [Test]
        public void ABudgetDecodesAllThatFits()
        {
            using var queue = NewQueue(Heroes, Device.Managed, 5);
            var tickets = new SpriteTicket[5];
            for (int i = 0; i < 5; i++) queue.TryGenerate(i, out tickets[i]);
            Assert.That(queue.Poll(tickets[0]), Is.EqualTo(SpriteStatus.Waiting), "nothing happens between calls");
            Assert.That(queue.Pump(TimeSpan.FromMinutes(1)), Is.False);
            foreach (var ticket in tickets) Assert.That(queue.Poll(ticket), Is.EqualTo(SpriteStatus.Ready));
        }

        [Test]
        public void CancelledTicketsGiveTheirPlacesBackAndOthersStay()
        {
            using var sync = new SpriteGenerator(Heroes, new GeneratorOptions { Device = Device.Managed });
            using var queue = NewQueue(Heroes, Device.Managed, 4);
            var tickets = new SpriteTicket[4];
            for (int i = 0; i < 4; i++) queue.TryGenerate(i, out tickets[i]);
            queue.Pump(TimeSpan.Zero); // the first is under way
            Assert.That(queue.Cancel(tickets[0]) && queue.Cancel(tickets[2]));
            while (queue.Pump(TimeSpan.Zero))
            {
            }

            Assert.That(queue.Count, Is.EqualTo(2));
            var pixels = new Rgba32[queue.PixelCount];
            foreach (int i in new[] { 1, 3 })
            {
                Assert.That(queue.Take(tickets[i], pixels), Is.EqualTo(SpriteStatus.Ready));
                Assert.That(pixels, Is.EqualTo(sync.Generate(i).ToArray()));
            }
        }

        [Test]
        public void FramesMakeNoGarbage()
        {
            using var queue = NewQueue(Heroes, Device.Managed, 4);
            var pixels = new Rgba32[queue.PixelCount];
            long seed = 0;
            Assert.That(Allocation.Least(() =>
            {
                for (int i = 0; i < 20; i++)
                {
                    queue.TryGenerate(seed++, out var ticket);
                    while (queue.Pump(TimeSpan.FromTicks(1)))
                    {
                    }

                    queue.Take(ticket, pixels);
                }
            }), Is.Zero);
        }

        [Test]
        public void DisposeLeavesASpriteUnfinished()
        {
            var queue = NewQueue(Heroes, Device.Managed, 4);
            queue.TryGenerate(1, out _);
            queue.Pump(TimeSpan.Zero);
            queue.Dispose();
            queue.Dispose();
            Assert.That(() => queue.Pump(TimeSpan.Zero), Throws.TypeOf<ObjectDisposedException>());
        }

        [Test]
        public void AQueueWithAThreadIsNotPumped()
        {
            using var queue = new SpriteQueue(new SpriteGenerator(SpriteGeneratorTests.Bundle("rgba")), 4);
            Assert.That(() => queue.Pump(TimeSpan.Zero), Throws.InvalidOperationException.With.Message.Contains("thread"));
        }

        private static SpriteQueue NewQueue(VaeBundle bundle, Device device, int capacity) =>
            new SpriteQueue(new SpriteGenerator(bundle, new GeneratorOptions { Device = device }), capacity, startsThread: false);

        private static string? Label(VaeBundle bundle, int number) =>
            bundle.IsConditional ? bundle.Labels[number % bundle.Labels.Count] : null;

        // Every third by its latent.
        private static bool Ask(SpriteQueue queue, VaeBundle bundle, int number, out SpriteTicket ticket) => number % 3 == 2
            ? queue.TryDecode(LatentOf(bundle, number), out ticket, Label(bundle, number))
            : queue.TryGenerate(number, out ticket, Label(bundle, number));

        private static Rgba32[] Expected(SpriteGenerator sync, VaeBundle bundle, int number) => (number % 3 == 2
            ? sync.Decode(LatentOf(bundle, number), Label(bundle, number))
            : sync.Generate(number, Label(bundle, number))).ToArray();

        private static float[] LatentOf(VaeBundle bundle, int number)
        {
            var latent = new float[bundle.LatentSize];
            Prior.Normal(latent.Length).Sample(number, -1, 1f, latent);
            return latent;
        }
    }
}
