using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Images;

/// <summary>
/// The compression of GIF (specification, appendix F): codes of growing width, low bits first, for ever longer runs of indices
/// that were seen before.
/// </summary>
internal static class GifLzw
{
    private const int MaxCodes = 4096;

    /// <summary>Compresses <paramref name="indices"/>, each less than 2^<paramref name="bits"/>; bits is 2 to 8.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> indices, int bits)
    {
        var output = new List<byte>();
        uint pending = 0;
        int pendingBits = 0;
        int clear = 1 << bits;
        int end = clear + 1;
        int next = end + 1;
        int width = bits + 1;
        // (run so far, next index) -> code of the longer run.
        var runs = new Dictionary<int, int>();

        Emit(clear);
        int run = -1;
        foreach (byte index in indices)
        {
            if (run < 0)
            {
                run = index;
                continue;
            }
            int longer = (run << 8) | index;
            if (runs.TryGetValue(longer, out int code))
            {
                run = code;
                continue;
            }
            Emit(run);
            run = index;
            if (next < MaxCodes)
            {
                runs[longer] = next;
                // A decoder learns a run one code later than the encoder: it still reads the next code at the old width.
                if (next == 1 << width) width++;
                next++;
            }
            else
            {
                Emit(clear);
                runs.Clear();
                next = end + 1;
                width = bits + 1;
            }
        }
        if (run >= 0) Emit(run);
        // Reading that code, the decoder learns its last run, and may widen once more.
        if (next == 1 << width && width < 12) width++;
        Emit(end);
        if (pendingBits > 0) output.Add((byte)pending);
        return output.ToArray();

        void Emit(int code)
        {
            pending |= (uint)code << pendingBits;
            for (pendingBits += width; pendingBits >= 8; pendingBits -= 8)
            {
                output.Add((byte)pending);
                pending >>= 8;
            }
        }
    }
}
