using System;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using TorchSharp;
using VaeContent.Trainer;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>Threads that train together: what they agree on, and what becomes of the others when one fails.</summary>
public sealed class LaneGroupTests
{
    [TestCase(32, 1, 1)]
    [TestCase(32, 2, 2)]
    [TestCase(32, 3, 2)]
    [TestCase(32, 16, 4)]
    [TestCase(128, 16, 16)]
    [TestCase(30, 4, 3)]
    [TestCase(8, 8, 1)]
    [TestCase(31, 8, 1)]
    public void ABatchIsDividedEvenlyAndNotTooFinely(int batch, int threads, int lanes) =>
        Assert.That(LaneGroup.Fitting(batch, threads), Is.EqualTo(lanes));

    [Test]
    public void AllHoldTheMean([Values(1, 2, 3)] int size, [Values(1, 2, 1000)] int count)
    {
        float Own(int rank, int i) => new Sampler(1, rank).Normal(i);
        float[][] found = LaneGroup.Run(size, size, lane =>
        {
            float[] values = [.. Enumerable.Range(0, count).Select(i => Own(lane.Rank, i))];
            for (int round = 0; round < 5; round++) lane.Average(values);
            return values;
        });
        for (int i = 0; i < count; i++)
            Assert.That(found[0][i], Is.EqualTo(Enumerable.Range(0, size).Average(rank => (double)Own(rank, i))).Within(1e-6));
        Assert.That(found, Is.All.EqualTo(found[0]), "the same bits");
    }

    [Test]
    public void TheFirstOnesWordHoldsForAll()
    {
        double[][] found = LaneGroup.Run(3, 6, lane =>
        {
            Assert.That((lane.Size, lane.Threads, lane.PartOf(24)), Is.EqualTo((3, 2, 8)));
            double[] values = [lane.Rank, 10 + lane.Rank];
            lane.Broadcast(values);
            return values;
        });
        Assert.That(found, Is.All.EqualTo(new double[] { 0, 10 }));
    }

    [Test]
    [CancelAfter(20_000)]
    public void OneThatFailsEndsTheOthers([Values(0, 1, 2)] int failing, [Values] bool inTurns)
    {
        UserError thrown = Assert.Throws<UserError>(() => LaneGroup.Run<int>(3, 3, lane =>
        {
            var values = new float[4];
            using IDisposable? turns = inTurns ? lane.TakeTurns() : null;
            for (int step = 0; ; step++)
            {
                if (lane.Rank == failing && step == 3) throw new UserError("no room");
                lane.Average(values);
            }
        }))!;
        Assert.That(thrown.Message, Is.EqualTo("no room"));
    }

    [Test]
    [CancelAfter(20_000)]
    public void InTurnsOneWorksAtATime()
    {
        int atWork = 0, most = 0;
        int[] rounds = LaneGroup.Run(3, 3, lane =>
        {
            var values = new float[4];
            int round = 0;
            using (lane.TakeTurns())
            {
                for (; round < 4; round++)
                {
                    most = Math.Max(most, Interlocked.Increment(ref atWork));
                    Thread.Sleep(2);
                    Interlocked.Decrement(ref atWork);
                    lane.Average(values);
                }
            }
            // afterwards all work at once again: each waits here for the others
            Interlocked.Increment(ref atWork);
            SpinWait.SpinUntil(() => Volatile.Read(ref atWork) == 3);
            return round;
        });
        Assert.That((most, atWork), Is.EqualTo((1, 3)));
        Assert.That(rounds, Is.All.EqualTo(4));
    }

    [Test]
    public void AveragingLeavesNoGarbage()
    {
        long taken = LaneGroup.Run(2, 2, lane =>
        {
            var values = new float[10_000];
            lane.Average(values);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) lane.Average(values);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }).Sum();
        Assert.That(taken, Is.LessThan(10_000), "what a wait takes now and then, and nothing by the numbers averaged");
    }

    // Without the pause of the lanes this fails two times in three: a Scalar is freed while libtorch reads it.
    [Test]
    [NonParallelizable]
    [CancelAfter(120_000)]
    public void CollectionsFreeNothingThatLibtorchReads() => NeedsLibTorch.WithoutPause(() =>
    {
        int[] collections = LaneGroup.Run(3, 3, lane =>
        {
            int before = GC.CollectionCount(0);
            for (int step = 0; step < 2000; step++)
            {
                AddManyTimes();
                if (step % 10 == 0) lane.Average([1f]);
            }
            return GC.CollectionCount(0) - before;
        });
        Assert.That(collections[0], Is.GreaterThan(5));
    });

    // Of 400 shapes without turns one or two are wrong, if the process does not end in a segmentation fault.
    [Test]
    [NonParallelizable]
    [CancelAfter(120_000)]
    public void ConvolutionsThatAreNewToAllAreRightInTurns()
    {
        bool[] same = LaneGroup.Run(2, 2, lane =>
        {
            LibTorch.UseThreads(lane.Threads);
            bool isSame = true;
            for (int size = 6; size < 46; size++)
            {
                byte[] first;
                lane.Average(new float[1]);
                using (lane.TakeTurns()) first = GradientOfConvolution(size);
                lane.Average(new float[1]);
                isSame &= GradientOfConvolution(size).SequenceEqual(first);
            }
            return isSame;
        });
        Assert.That(same, Is.All.True);
    }

    // Of one from 8 to 64 channels, the channels of a pixel side by side.
    private static byte[] GradientOfConvolution(int size)
    {
        static torch.Tensor Ramp(params long[] shape) =>
            torch.arange(shape.Aggregate((a, b) => a * b), dtype: torch.float32).mul(0.7f).sin().reshape(shape);
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor pixels = Ramp(2, size, size, 8).permute(0, 3, 1, 2).requires_grad_(), weights = Ramp(64, 8, 3, 3);
        torch.Tensor convolved = torch.nn.functional.conv2d(pixels, weights, padding: [1, 1]);
        torch.Tensor pull = Ramp(2, size, size, 64).permute(0, 3, 1, 2);
        return torch.autograd.grad([convolved], [pixels], [pull])[0].contiguous().bytes.ToArray();
    }

    private static void AddManyTimes()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor one = torch.ones(16), sum = torch.zeros(16);
        for (int i = 0; i < 500; i++) sum = sum.add(one);
        Assert.That(sum.sum().item<float>(), Is.EqualTo(16 * 500));
    }
}
