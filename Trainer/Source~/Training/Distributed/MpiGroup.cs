using System;
using System.IO;
using System.Linq;

namespace VaeContent.Trainer.Training;

/// <summary>The processes that <c>mpirun</c> of Open MPI started together. One per process; one thread at a time.</summary>
public sealed unsafe class MpiGroup : IProcessGroup
{
    private const int Success = 0, Funneled = 1, Failure = 1;

    private readonly MpiLibrary _mpi;
    private bool _joined = true;

    private MpiGroup(MpiLibrary mpi)
    {
        _mpi = mpi;
        int provided, rank, size;
        Check(mpi.Init(null, null, Funneled, &provided), "MPI_Init_thread");
        Check(mpi.Rank(mpi.World, &rank), "MPI_Comm_rank");
        Check(mpi.Size(mpi.World, &size), "MPI_Comm_size");
        (Rank, Size) = (rank, size);
        Threads = ThreadsEach();
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public int Threads { get; }

    /// <summary>The group this process was started in; null where it was started alone.</summary>
    /// <exception cref="UserError">Open MPI started it but cannot be loaded, or another MPI did.</exception>
    public static MpiGroup? Join()
    {
        if (Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_SIZE") is { } size)
            return size == "1" ? null : new MpiGroup(MpiLibrary.Load());
        if (Environment.GetEnvironmentVariable("PMI_SIZE") is { } other && other != "1")
            throw new UserError(
                "this process was started by another MPI than Open MPI (MPICH or a relative). Start it with Open MPI's mpirun.");
        return null;
    }

    /// <summary>All of it: the settings speak of one process.</summary>
    public int PartOf(int batch) => batch;

    /// <inheritdoc/>
    public void Average(Span<float> values)
    {
        fixed (float* data = values)
            Check(_mpi.AllReduce(MpiLibrary.InPlace, data, values.Length, _mpi.Float, _mpi.Sum, _mpi.World), "MPI_Allreduce");
        for (int i = 0; i < values.Length; i++) values[i] /= Size;
    }

    /// <inheritdoc/>
    public void Broadcast(Span<double> values)
    {
        fixed (double* data = values)
            Check(_mpi.Bcast(data, values.Length, _mpi.Double, 0, _mpi.World), "MPI_Bcast");
    }

    /// <inheritdoc/>
    public IDisposable? TakeTurns() => null;

    /// <inheritdoc/>
    public void Abort()
    {
        if (_joined) _mpi.Abort(_mpi.World, Failure);
    }

    /// <summary>Leaves the group, once all others do so too; the process continues alone.</summary>
    public void Dispose()
    {
        if (!_joined) return;
        _joined = false;
        Check(_mpi.Leave(), "MPI_Finalize");
    }

    // The cores this process may use, shared evenly with those that may use the same ones.
    private int ThreadsEach()
    {
        const string Status = "/proc/self/status";
        string cores = !File.Exists(Status) ? "" : File.ReadLines(Status)
            .FirstOrDefault(line => line.StartsWith("Cpus_allowed_list", StringComparison.Ordinal)) ?? "";
        long[] mine = [HashCode(Environment.MachineName + cores)], all = new long[Size];
        fixed (long* sent = mine, received = all)
            Check(_mpi.AllGather(sent, 1, _mpi.Int64, received, 1, _mpi.Int64, _mpi.World), "MPI_Allgather");
        return Math.Max(1, Environment.ProcessorCount / all.Count(other => other == mine[0]));
    }

    // string.GetHashCode differs from process to process.
    private static long HashCode(string text) => text.Aggregate(17L, (hash, c) => (hash * 31) + c);

    private static void Check(int code, string function)
    {
        if (code != Success) throw new InvalidOperationException($"{function} failed with code {code}");
    }
}
