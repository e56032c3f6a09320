using System;
using System.Runtime.InteropServices;

namespace VaeContent.Trainer;

/// <summary>The heap that libtorch takes the memory of tensors from.</summary>
internal static partial class NativeHeap
{
    // From glibc's malloc.h, and the largest value that it takes for the second.
    private const int TrimThreshold = -1, MmapThreshold = -3;
    private const int LargestMmapThreshold = 32 << 20, KeptAtTheEnd = 512 << 20;

    /// <summary>
    /// Keeps what a step frees for the next one; call it before the first tensor is made. By itself glibc gives the memory of
    /// large tensors back to the system at once and asks for it again a moment later: a quarter of a training's time went into
    /// pages that were cleared again. No effect without glibc.
    /// </summary>
    public static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = SetOption(MmapThreshold, LargestMmapThreshold);
            _ = SetOption(TrimThreshold, KeptAtTheEnd);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library, which has its own rules.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
