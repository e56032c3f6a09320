using System;
using System.Runtime.InteropServices;

namespace VaeContent.Trainer;

/// <summary>The heap that ONNX Runtime takes its memory from.</summary>
internal static partial class NativeHeap
{
    private const int MmapThreshold = -3; // M_MMAP_THRESHOLD in glibc's malloc.h
    private const int LargeBlock = 1 << 20;

    /// <summary>
    /// Gives large blocks back to the system once they are free; call it before the first one is taken. glibc raises what it calls large at
    /// each that is freed, up to 32 MiB, and keeps the rest: some 10 to 50 MB, different in every run, of the models that training looks at and
    /// lets go. Sessions keep theirs from step to step, so that steps are as fast. No effect without glibc.
    /// </summary>
    public static void ReturnLargeBlocks()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = SetOption(MmapThreshold, LargeBlock);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library, which has rules of its own.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
