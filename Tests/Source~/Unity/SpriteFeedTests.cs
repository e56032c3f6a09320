using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using VaeContent.Tests.Runtime;
using VaeContent.Unity;

namespace VaeContent.Tests.Unity;

/// <summary>What a LiveAtlas gets its sprites from; no part of it needs Unity.</summary>
[NonParallelizable]
public sealed class SpriteFeedTests
{
    private const int Pixels = TestBundles.Width * TestBundles.Height;

    private static readonly VaeBundle Bundle = TestBundles.Load(TestBundles.Indexed(conditional: true));

    [Test]
    public void SpritesComeInOrderWithThePixelsOfTheGenerator()
    {
        using var generator = new SpriteGenerator(Bundle);
        using var feed = new SpriteFeed(Bundle, Device.Cpu, 50);
        for (int seed = 0; seed < 50; seed++)
        {
            bool isTaken = feed.TryRequest(seed, seed % 2 == 0 ? "bat" : null, 0.5f, out int ticket);
            Assert.That(isTaken && ticket == seed, "before the engine has started");
        }
        Assert.That((feed.TryRequest(50, null, 1f, out _), feed.Pending), Is.EqualTo((false, 50)));
        var pixels = new Rgba32[Pixels];
        for (int seed = 0; seed < 50; seed++)
        {
            Assert.That(Next(feed, pixels), Is.EqualTo(seed));
            Assert.That(pixels, Is.EqualTo(generator.Generate(seed, seed % 2 == 0 ? "bat" : null, 0.5f).ToArray()));
        }

        Assert.That((feed.TryTake(pixels, out _), feed.Pending, feed.Failure), Is.EqualTo((false, 0, (string?)null)));
    }

    [Test]
    public void WithoutThreadsWorkDecodes()
    {
        using var generator = new SpriteGenerator(Bundle);
        using var feed = new SpriteFeed(Bundle, Device.Cpu, 8, hasThreads: false);
        var pixels = new Rgba32[Pixels];
        for (int seed = 0; seed < 8; seed++) feed.TryRequest(seed, "bat", 1f, out _);
        Assert.That(feed.TryTake(pixels, out _), Is.False, "nothing happens by itself");
        for (int seed = 0; seed < 8; seed++)
        {
            feed.Work(TimeSpan.Zero);
            if (seed == 4) feed.Stop(); // asked for again of the next queue
            if (seed == 4) feed.Work(TimeSpan.Zero);
            Assert.That((feed.TryTake(pixels, out int ticket), ticket), Is.EqualTo((true, seed)));
            Assert.That(pixels, Is.EqualTo(generator.Generate(seed, "bat").ToArray()));
        }

        Assert.That((feed.Pending, feed.Failure), Is.EqualTo((0, (string?)null)));
    }

    [Test]
    public void ARequestThatWasGivenUpIsSkipped()
    {
        using var generator = new SpriteGenerator(Bundle);
        using var feed = new SpriteFeed(Bundle, Device.Cpu, 8);
        var pixels = new Rgba32[Pixels];
        for (int round = 0; round < 20; round++)
        {
            var tickets = new int[8];
            for (int i = 0; i < 8; i++) Assert.That(feed.TryRequest((8 * round) + i, null, 1f, out tickets[i]));
            if (round % 2 == 1) feed.TryTake(pixels, out _); // some are given up under way
            foreach (int i in new[] { 2, 3, 7, 3 }) feed.Cancel(tickets[i]);
            int last = -1;
            while (feed.Pending > 0) last = Next(feed, pixels);
            Assert.That(last, Is.EqualTo(tickets[6]));
            Assert.That(pixels, Is.EqualTo(generator.Generate((8 * round) + 6).ToArray()));
            foreach (int ticket in tickets) feed.Cancel(ticket); // too late: nothing happens
            Assert.That(feed.Pending, Is.Zero);
            while (feed.TryTake(pixels, out _)) { }
        }
    }

    [Test]
    public void WhatWaitsOutlivesAStop()
    {
        using var generator = new SpriteGenerator(Bundle);
        using var feed = new SpriteFeed(Bundle, Device.Cpu, 8);
        var pixels = new Rgba32[Pixels];
        feed.Stop(); // before it has begun
        for (int seed = 0; seed < 8; seed++) feed.TryRequest(seed, null, 1f, out _);
        feed.TryTake(pixels, out _); // begins
        feed.Stop(); // while the engine starts
        Assert.That(Next(feed, pixels), Is.Zero);
        feed.Cancel(3);
        feed.Stop(); // while the queue has the rest
        feed.Stop();
        foreach (int seed in new[] { 1, 2, 4, 5, 6, 7 })
        {
            Assert.That(Next(feed, pixels), Is.EqualTo(seed));
            Assert.That(pixels, Is.EqualTo(generator.Generate(seed).ToArray()));
        }
    }

    [Test]
    public void BadRequestsAreToldAndOthersGoOn()
    {
        using var feed = new SpriteFeed(Bundle, Device.Cpu, 8);
        var pixels = new Rgba32[Pixels];
        Assert.That(() => feed.TryRequest(1, "dragon", 1f, out _), Throws.ArgumentException.With.Message.Contains("dragon"));
        feed.TryRequest(1, null, 99f, out _);
        feed.TryRequest(2, null, 1f, out int good);
        Assert.That(Next(feed, pixels), Is.EqualTo(good));
        Assert.That((feed.Failure, feed.Pending), Is.EqualTo((feed.Failure, 0)));
        Assert.That(feed.Failure, Does.Contain("temperature").IgnoreCase);
    }

    [Test]
    public void ADeviceThatIsMissingIsToldOnce()
    {
        using var feed = new SpriteFeed(Bundle, Device.DirectML, 8);
        var pixels = new Rgba32[Pixels];
        feed.TryRequest(1, null, 1f, out _);
        WaitUntil(() => feed.TryTake(pixels, out _) || feed.Failure is not null);
        Assert.That(feed.Failure, Does.Contain("Device.DirectML"));
        Assert.That(feed.TryTake(pixels, out _), Is.False);
    }

    [Test]
    public void FramesMakeNoGarbage()
    {
        using var feed = new SpriteFeed(Bundle, Device.Cpu, 64);
        var pixels = new Rgba32[Pixels];
        long seed = 0;
        void Frames(int count)
        {
            for (int taken = 0; taken < count;)
            {
                while (feed.TryRequest(seed, "bat", 1f, out int ticket))
                {
                    if (seed % 5 == 0) feed.Cancel(ticket);
                    seed++;
                }

                if (feed.TryTake(pixels, out _)) taken++;
                else Thread.Yield();
            }
        }

        Frames(200);
        long least = Enumerable.Range(0, 3).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Frames(300);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.That(least, Is.Zero);
    }

    [Test]
    public void NothingIsAskedOfAFeedThatIsGone()
    {
        var feed = new SpriteFeed(Bundle, Device.Cpu, 8);
        feed.TryRequest(1, null, 1f, out _);
        feed.Dispose();
        feed.Dispose();
        Assert.That((feed.Pending, feed.TryTake(new Rgba32[Pixels], out _)), Is.EqualTo((0, false)));
        Assert.That(() => feed.TryRequest(1, null, 1f, out _), Throws.TypeOf<ObjectDisposedException>());
    }

    private static int Next(SpriteFeed feed, Rgba32[] pixels)
    {
        int ticket = -1;
        WaitUntil(() => feed.TryTake(pixels, out ticket));
        return ticket;
    }

    private static void WaitUntil(Func<bool> done)
    {
        var clock = Stopwatch.StartNew();
        while (!done())
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(60)) Assert.Fail("nothing came for a minute");
            Thread.Sleep(1);
        }
    }
}
