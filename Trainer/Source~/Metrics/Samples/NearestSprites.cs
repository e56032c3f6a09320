using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Threading.Tasks;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// Finds which sprite of a set is most like another. The distance of two sprites is the share, 0..1, of the pixels visible in
/// either that differ: by more than <see cref="Tolerance"/> in a channel. That is a Hamming distance on the foreground; the
/// tolerance lets it work where colours are learnt as numbers and never come back exact. Invisible pixels must have colour 0.
/// Safe from any thread.
/// </summary>
public sealed class NearestSprites
{
    /// <summary>
    /// How far two pixels may lie apart in each of R, G, B, A and still count as the same, of 255: hard to see.
    /// </summary>
    public const int Tolerance = 16;

    // Pixels compared between two looks at whether the sprite is out of the race; also the bits of one word of its mask.
    private const int Chunk = 64;
    private const int VectorPixels = 8;

    private readonly Packed[] _sprites;

    /// <summary>A search among sprites of one size, at least one.</summary>
    public NearestSprites(IReadOnlyList<Rgba32[]> among)
    {
        ArgumentOutOfRangeException.ThrowIfZero(among.Count, nameof(among));
        _sprites = new Packed[among.Count];
        for (int i = 0; i < _sprites.Length; i++) _sprites[i] = new Packed(among[i]);
    }

    /// <summary>The nearest sprite's index, the first of equals, and its distance.</summary>
    public (int Index, double Distance) Find(Rgba32[] sprite)
    {
        var wanted = new Packed(sprite);
        int nearest = 0;
        double best = double.PositiveInfinity;
        for (int i = 0; i < _sprites.Length && best > 0; i++)
        {
            int union = Union(wanted.Mask, _sprites[i].Mask);
            double distance = union == 0 ? 0
                : (double)Differing(wanted.Bytes, _sprites[i].Bytes, Math.Min(best, 1) * union) / union;
            if (distance < best) (nearest, best) = (i, distance);
        }
        return (nearest, best);
    }

    /// <summary>The distance of each of <paramref name="sprites"/> to its nearest, in their order.</summary>
    public double[] Distances(IReadOnlyList<Rgba32[]> sprites)
    {
        var distances = new double[sprites.Count];
        Parallel.For(0, distances.Length, Cores.All, i => distances[i] = Find(sprites[i]).Distance);
        return distances;
    }

    // Pixels that differ, or some number above the limit once there are more than it.
    private static int Differing(byte[] a, byte[] b, double limit)
    {
        Vector256<byte> tolerance = Vector256.Create((byte)Tolerance);
        ref byte x = ref MemoryMarshal.GetArrayDataReference(a), y = ref MemoryMarshal.GetArrayDataReference(b);
        int differing = 0;
        for (int pixel = 0; pixel < a.Length / 4 && differing <= limit; pixel += Chunk)
        {
            Vector256<uint> same = default;
            for (int i = 0; i < Chunk; i += VectorPixels)
            {
                nuint at = (nuint)((pixel + i) * 4);
                Vector256<byte> left = Vector256.LoadUnsafe(ref x, at), right = Vector256.LoadUnsafe(ref y, at);
                Vector256<byte> gap = Vector256.Max(left, right) - Vector256.Min(left, right);
                // Four bytes of a pixel are all within the tolerance: -1, so that subtracting counts.
                same -= Vector256.Equals(Vector256.Max(gap, tolerance).AsUInt32(), tolerance.AsUInt32());
            }
            differing += Chunk - (int)Vector256.Sum(same);
        }
        return differing;
    }

    private static int Union(ulong[] a, ulong[] b)
    {
        int union = 0;
        for (int i = 0; i < a.Length; i++) union += BitOperations.PopCount(a[i] | b[i]);
        return union;
    }

    // Pixels filled up to whole chunks with nothing, and a bit per visible pixel.
    private readonly struct Packed
    {
        public Packed(Rgba32[] pixels)
        {
            int chunks = (pixels.Length + Chunk - 1) / Chunk;
            Bytes = new byte[chunks * Chunk * 4];
            Mask = new ulong[chunks];
            MemoryMarshal.AsBytes<Rgba32>(pixels).CopyTo(Bytes);
            for (int i = 0; i < pixels.Length; i++)
            {
                if (pixels[i].A > 0) Mask[i / Chunk] |= 1UL << (i % Chunk);
            }
        }

        public byte[] Bytes { get; }

        public ulong[] Mask { get; }
    }
}
