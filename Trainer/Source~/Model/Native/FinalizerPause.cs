using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace VaeContent.Trainer.Model;

/// <summary>
/// Keeps finalizers from running while several threads are inside libtorch. TorchSharp 0.107 drops a Scalar, of which each
/// <c>a + b</c> makes one, as soon as it has passed its handle on: the finalizer, after a collection that another thread brings
/// about, frees what the call still reads. It then takes any number, or fails with "Expected false to be true"; with three
/// threads, after one collection in some hundreds.
/// </summary>
internal sealed class FinalizerPause : IDisposable
{
    private const long Often = 16L << 20; // bytes allocated between two rests that let finalizers run

    private static readonly Lock Holding = new();
    private static int _holders;
    private static Barring _barring = new();

    private long _from = GC.GetTotalAllocatedBytes();

    /// <summary>From here on no finalizer runs, but in a <see cref="Rest"/>.</summary>
    public FinalizerPause()
    {
        lock (Holding)
        {
            if (_holders++ == 0) Stop();
        }
    }

    /// <summary>
    /// To be called where none of the threads is inside libtorch: finalizers run, if enough has been allocated.
    /// </summary>
    public void Rest()
    {
        if (GC.GetTotalAllocatedBytes() - _from < Often) return;
        lock (Holding)
        {
            if (_holders > 1) return;
            _barring.End.Set();
            GC.Collect(0);
            GC.WaitForPendingFinalizers();
            Stop();
        }
        _from = GC.GetTotalAllocatedBytes();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (Holding)
        {
            if (--_holders == 0) _barring.End.Set();
        }
    }

    // There is one finalizer thread: one finalizer that does not return stops all.
    private static void Stop()
    {
        _barring = new Barring();
        MakeStopper(_barring);
        do GC.Collect(0);
        while (!_barring.Begun.Wait(TimeSpan.FromMilliseconds(100)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeStopper(Barring barring) => _ = new Stopper(barring);

    // Each its own: the thread may still be on its way out of the one before.
    private sealed class Barring
    {
        public ManualResetEventSlim Begun { get; } = new();

        public ManualResetEventSlim End { get; } = new();
    }

    private sealed class Stopper(Barring barring)
    {
        ~Stopper()
        {
            barring.Begun.Set();
            barring.End.Wait();
        }
    }
}
