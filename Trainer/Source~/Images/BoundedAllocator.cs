using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using System.Threading;
using SixLabors.ImageSharp.Memory;

namespace VaeContent.Trainer.Images;

/// <summary>
/// Memory for decoding one file: <paramref name="bytes"/> in all, so that a small file cannot ask for thousands of large frames.
/// </summary>
internal sealed class BoundedAllocator(string name, long bytes) : MemoryAllocator
{
    private long _left = bytes;

    public override IMemoryOwner<T> Allocate<T>(int length, AllocationOptions options = AllocationOptions.None)
    {
        if (Interlocked.Add(ref _left, -(long)length * Unsafe.SizeOf<T>()) < 0)
        {
            throw new UserError(
                $"'{name}' takes more memory to decode than the largest animation; scale it down, or cut it into " +
                "several files.");
        }
        return new Owner<T>(options == AllocationOptions.Clean ? new T[length] : GC.AllocateUninitializedArray<T>(length));
    }

    protected override int GetBufferCapacityInBytes() => int.MaxValue;

    private sealed class Owner<T>(T[] array) : IMemoryOwner<T>
    {
        public Memory<T> Memory => array;

        public void Dispose()
        {
        }
    }
}
