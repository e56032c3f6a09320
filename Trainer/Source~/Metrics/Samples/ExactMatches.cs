using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace VaeContent.Trainer.Metrics;

/// <summary>Counts sprites that are the same, pixel for pixel. Invisible pixels must have colour 0.</summary>
public static class ExactMatches
{
    /// <summary>How many sprites equal an earlier one of the same list.</summary>
    public static int Repeats(IReadOnlyList<Rgba32[]> sprites) =>
        sprites.Count - new HashSet<Rgba32[]>(sprites, SamePixels.Instance).Count;

    /// <summary>How many <paramref name="sprites"/> equal one <paramref name="among"/> others.</summary>
    public static int Copies(IReadOnlyList<Rgba32[]> sprites, IEnumerable<Rgba32[]> among) =>
        Among(sprites, among).Count(isCopy => isCopy);

    /// <summary>For each of some <paramref name="sprites"/> whether it equals one <paramref name="among"/> others.</summary>
    public static bool[] Among(IReadOnlyList<Rgba32[]> sprites, IEnumerable<Rgba32[]> among)
    {
        var known = new HashSet<Rgba32[]>(among, SamePixels.Instance);
        return [.. sprites.Select(known.Contains)];
    }

    private sealed class SamePixels : IEqualityComparer<Rgba32[]>
    {
        public static readonly SamePixels Instance = new();

        public bool Equals(Rgba32[]? a, Rgba32[]? b) => Bytes(a).SequenceEqual(Bytes(b));

        public int GetHashCode(Rgba32[] sprite)
        {
            var hash = new HashCode();
            hash.AddBytes(Bytes(sprite));
            return hash.ToHashCode();
        }

        private static ReadOnlySpan<byte> Bytes(Rgba32[]? sprite) => MemoryMarshal.AsBytes<Rgba32>(sprite);
    }
}
