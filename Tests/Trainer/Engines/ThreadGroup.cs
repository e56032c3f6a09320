using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using VaeContent.Trainer.Engines;

namespace VaeContent.Tests.Trainer.Engines;

/// <summary>A group whose processes are threads: what does not depend on MPI is tested without it.</summary>
internal sealed class ThreadGroup : IProcessGroup
{
    private readonly Barrier _barrier;
    private readonly float[][] _floats;
    private readonly double[][] _doubles;

    private ThreadGroup(int rank, Barrier barrier, float[][] floats, double[][] doubles) =>
        (Rank, _barrier, _floats, _doubles) = (rank, barrier, floats, doubles);

    public int Rank { get; }

    public int Size => _barrier.ParticipantCount;

    public int Threads => 1;

    /// <summary>Runs <paramref name="process"/> as each member of a group of <paramref name="size"/>, and returns what each returned.</summary>
    public static T[] Run<T>(int size, Func<IProcessGroup, T> process)
    {
        using var barrier = new Barrier(size);
        var (floats, doubles) = (new float[size][], new double[size][]);
        IEnumerable<Task<T>> members = Enumerable.Range(0, size).Select(rank =>
            Task.Factory.StartNew(() => process(new ThreadGroup(rank, barrier, floats, doubles)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        return Task.WhenAll([.. members]).GetAwaiter().GetResult();
    }

    public int PartOf(int batch) => batch;

    public void Average(Span<float> values)
    {
        _floats[Rank] = values.ToArray();
        _barrier.SignalAndWait();
        for (int i = 0; i < values.Length; i++) values[i] = _floats.Sum(part => part[i]) / Size;
        _barrier.SignalAndWait();
    }

    public void Share(Span<double> values)
    {
        _doubles[Rank] = values.ToArray();
        _barrier.SignalAndWait();
        _doubles[0].CopyTo(values);
        _barrier.SignalAndWait();
    }

    public void Abort() => throw new InvalidOperationException("aborted");

    public void Dispose()
    {
    }
}
