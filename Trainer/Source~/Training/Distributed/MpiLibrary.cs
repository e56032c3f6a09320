using System.Runtime.InteropServices;

namespace VaeContent.Trainer.Training;

/// <summary>
/// The functions of Open MPI (version 2 to 5: libmpi.so.20 to 40) that training uses. In its C interface the communicator, the
/// types and the operations are addresses of objects inside the library.
/// </summary>
internal sealed unsafe class MpiLibrary
{
    /// <summary>In place of the send buffer: what is received replaces what is sent.</summary>
    public static readonly void* InPlace = (void*)1;

    private readonly nint _library;

    private MpiLibrary(nint library)
    {
        _library = library;
        World = Export("ompi_mpi_comm_world");
        Float = Export("ompi_mpi_float");
        Double = Export("ompi_mpi_double");
        Int64 = Export("ompi_mpi_int64_t");
        Sum = Export("ompi_mpi_op_sum");
        Init = (delegate* unmanaged<void*, void*, int, int*, int>)Export("MPI_Init_thread");
        Leave = (delegate* unmanaged<int>)Export("MPI_Finalize");
        Abort = (delegate* unmanaged<nint, int, int>)Export("MPI_Abort");
        Rank = (delegate* unmanaged<nint, int*, int>)Export("MPI_Comm_rank");
        Size = (delegate* unmanaged<nint, int*, int>)Export("MPI_Comm_size");
        AllReduce = (delegate* unmanaged<void*, void*, int, nint, nint, nint, int>)Export("MPI_Allreduce");
        AllGather = (delegate* unmanaged<void*, int, nint, void*, int, nint, nint, int>)Export("MPI_Allgather");
        Bcast = (delegate* unmanaged<void*, int, nint, int, nint, int>)Export("MPI_Bcast");
    }

    public nint World { get; }

    public nint Float { get; }

    public nint Double { get; }

    public nint Int64 { get; }

    public nint Sum { get; }

    public delegate* unmanaged<void*, void*, int, int*, int> Init { get; }

    public delegate* unmanaged<int> Leave { get; }

    public delegate* unmanaged<nint, int, int> Abort { get; }

    public delegate* unmanaged<nint, int*, int> Rank { get; }

    public delegate* unmanaged<nint, int*, int> Size { get; }

    public delegate* unmanaged<void*, void*, int, nint, nint, nint, int> AllReduce { get; }

    public delegate* unmanaged<void*, int, nint, void*, int, nint, nint, int> AllGather { get; }

    public delegate* unmanaged<void*, int, nint, int, nint, int> Bcast { get; }

    /// <summary>Loads the library.</summary>
    /// <exception cref="UserError">It is not installed.</exception>
    public static MpiLibrary Load()
    {
        foreach (string name in new[] { "libmpi.so.40", "libmpi.so.20", "libmpi.so", "libmpi.40.dylib", "libmpi.dylib" })
            if (NativeLibrary.TryLoad(name, out nint library)) return new MpiLibrary(library);
        throw new UserError(
            "mpirun started this process, but Open MPI's library (libmpi.so.40) cannot be loaded. Install it, on Debian: apt "
            + "install openmpi-bin libopenmpi3.");
    }

    private nint Export(string name) => NativeLibrary.TryGetExport(_library, name, out nint address) ? address
        : throw new UserError($"the MPI library here has no '{name}', so it is not Open MPI, which training needs. Start it "
            + "with Open MPI's mpirun.");
}
