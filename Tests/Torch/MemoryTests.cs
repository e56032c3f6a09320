using System;
using System.Diagnostics;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Engines.Torch;
using Tensor = TorchSharp.torch.Tensor;

namespace VaeContent.Tests.Torch;

[NonParallelizable]
public sealed class MemoryTests
{
    [Test]
    public void TwoThousandStepsLeaveNoTensorBehind()
    {
        const int warmUp = 500, steps = 2000; // the collector's own heap settles first, and is not counted
        long before = Tensor.TotalCount;
        using (var twin = new Twin(new TorchEngine(threads: 1), VaeTrial.Specs["conv + palette"]))
        {
            long tensors = 0, resident = 0;
            for (int step = 1; step <= warmUp + steps; step++)
            {
                twin.Step(step);
                if (step % 100 == 0) twin.Evaluate();
                if (step == warmUp) (tensors, resident) = (Tensor.TotalCount, Resident());
            }
            long grown = Resident() - resident;
            TestContext.Progress.WriteLine(FormattableString.Invariant($"2,000 steps: {tensors} tensors before, {Tensor.TotalCount} after; resident memory without .NET's heap {resident / 1048576.0:F1} MiB, {grown / 1048576.0:+0.0;-0.0} MiB"));
            Assert.That(Tensor.TotalCount, Is.EqualTo(tensors), "live tensors");
            Assert.That(grown, Is.LessThan(16 << 20), "resident memory");
        }
        Assert.That(Tensor.TotalCount, Is.EqualTo(before), "a disposed session keeps nothing");
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64 - GC.GetGCMemoryInfo().TotalCommittedBytes;
    }
}
