using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>
/// Lanes: threads of this process that train one model together, each on its own part of every batch with one libtorch thread. Of
/// a step's many short operations libtorch spreads few over the cores, so that two lanes of one thread take some two thirds of
/// the time of one of two.
/// </summary>
internal sealed unsafe class LaneGroup : IProcessGroup
{
    // Where a part is smaller, what a step costs whatever its batch outweighs the rest.
    private const int SmallestPart = 8;

    private readonly Meeting _meeting;
    private Turn? _turn;

    private LaneGroup(int rank, Meeting meeting) => (Rank, _meeting) = (rank, meeting);

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size => _meeting.Barrier.ParticipantCount;

    /// <inheritdoc/>
    public int Threads => _meeting.Threads;

    /// <summary>How many lanes suit a batch on this many threads: 1 where it is not worth dividing.</summary>
    public static int Fitting(int batch, int threads) =>
        Enumerable.Range(1, Math.Max(1, threads)).Last(lanes => lanes == 1
            || (batch % lanes == 0 && batch / lanes >= SmallestPart));

    /// <summary>
    /// Runs <paramref name="lane"/> as each member of a group and returns what each returned. Where one fails the others are
    /// ended at their next call of the group, and its exception is thrown.
    /// </summary>
    /// <param name="size">How many members.</param>
    /// <param name="threads">How many threads they have together.</param>
    /// <param name="lane">What each does; the first in the calling thread.</param>
    public static T[] Run<T>(int size, int threads, Func<IProcessGroup, T> lane)
    {
        using var meeting = new Meeting(size, Math.Max(1, threads / size));
        var outcomes = new T[size];
        var failures = new Exception?[size];
        void Member(int rank)
        {
            try
            {
                outcomes[rank] = lane(new LaneGroup(rank, meeting));
            }
            catch (Exception e)
            {
                failures[rank] = e;
                meeting.Broken.Cancel();
            }
        }
        Task[] others = [.. Enumerable.Range(1, size - 1).Select(rank => Task.Factory.StartNew(() => Member(rank),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Member(0);
        Task.WaitAll(others);
        IEnumerable<Exception> causes = failures.OfType<Exception>();
        if ((causes.FirstOrDefault(e => e is not OperationCanceledException) ?? causes.FirstOrDefault()) is { } cause)
            ExceptionDispatchInfo.Throw(cause);
        return outcomes;
    }

    /// <inheritdoc/>
    public int PartOf(int batch) => batch / Size;

    /// <inheritdoc/>
    public void Average(Span<float> values)
    {
        fixed (float* own = values)
        {
            _meeting.Floats[Rank] = (nint)own;
            Wait();
            // Each lane takes its share of the numbers, of all lanes in the same order.
            int from = (int)((long)values.Length * Rank / Size), count = (int)((long)values.Length * (Rank + 1) / Size) - from;
            Span<float> mean = Part(0, from, count);
            for (int lane = 1; lane < Size; lane++) TensorPrimitives.Add(mean, Part(lane, from, count), mean);
            TensorPrimitives.Divide(mean, Size, mean);
            for (int lane = 1; lane < Size; lane++) mean.CopyTo(Part(lane, from, count));
            Wait();
        }
    }

    /// <inheritdoc/>
    public void Broadcast(Span<double> values)
    {
        fixed (double* own = values)
        {
            if (Rank == 0) _meeting.First = (nint)own;
            Wait();
            if (Rank > 0) new ReadOnlySpan<double>((double*)_meeting.First, values.Length).CopyTo(values);
            Wait();
        }
    }

    /// <inheritdoc/>
    public IDisposable? TakeTurns() => _turn = new Turn(this);

    /// <inheritdoc/>
    public void Abort() => _meeting.Broken.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private Span<float> Part(int lane, int from, int count) => new((float*)_meeting.Floats[lane] + from, count);

    private void Wait()
    {
        _turn?.End();
        _meeting.Barrier.SignalAndWait(_meeting.Broken.Token);
        _turn?.Begin();
    }

    private sealed class Turn : IDisposable
    {
        private readonly LaneGroup _lane;
        private bool _isOn;

        public Turn(LaneGroup lane)
        {
            _lane = lane;
            Begin();
        }

        public void Begin()
        {
            _lane._meeting.AtWork.Wait(_lane._meeting.Broken.Token);
            _isOn = true;
        }

        public void End()
        {
            if (_isOn) _lane._meeting.AtWork.Release();
            _isOn = false;
        }

        public void Dispose()
        {
            End();
            _lane._turn = null;
        }
    }

    private sealed class Meeting : IDisposable
    {
        private readonly FinalizerPause _pause = new();

        public Meeting(int size, int threads)
        {
            (Threads, Floats) = (threads, new nint[size]);
            Barrier = new Barrier(size, _ => _pause.Rest());
        }

        public Barrier Barrier { get; }

        public CancellationTokenSource Broken { get; } = new();

        public SemaphoreSlim AtWork { get; } = new(1);

        public int Threads { get; }

        public nint[] Floats { get; }

        public nint First { get; set; }

        public void Dispose()
        {
            Barrier.Dispose();
            AtWork.Dispose();
            Broken.Dispose();
            _pause.Dispose();
        }
    }
}
