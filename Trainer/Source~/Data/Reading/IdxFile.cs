using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>
/// Bytes in the IDX format of the MNIST files (Yann LeCun's site): two zero bytes, the type 8 for unsigned bytes, the number of
/// dimensions, each of them as a big-endian int, then the data. Files that start as gzip does are unpacked on the way.
/// </summary>
/// <param name="Dimensions">As in <c>60000, 28, 28</c>; the last one runs fastest.</param>
/// <param name="Data">All bytes, row-major.</param>
internal sealed record IdxFile(int[] Dimensions, byte[] Data)
{
    private const int MostElements = 1 << 30;

    /// <summary>Reads a file whole.</summary>
    /// <exception cref="UserError">It cannot be read, or is no IDX file of bytes.</exception>
    public static IdxFile Load(string path)
    {
        try
        {
            byte[] bytes = Unpack(File.ReadAllBytes(path));
            if (bytes.Length < 4 || bytes[0] != 0 || bytes[1] != 0 || bytes[2] != 8 || bytes[3] is 0 or > 4
                || bytes.Length < 4 + (4 * bytes[3]))
                throw Damaged(path, $"its first bytes are {Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(4, bytes.Length)))}",
                    "000008 and the number of dimensions, 1 to 4");
            long[] sides = [.. Enumerable.Range(0, bytes[3])
                .Select(i => (long)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4 + (4 * i))))];
            long count = sides.Aggregate(1L, (product, side) => product * Math.Clamp(side, 0, MostElements) > MostElements
                ? MostElements : product * side);
            if (bytes.Length - 4 - (4L * sides.Length) != count)
                throw Damaged(path, $"{bytes.Length - 4 - (4 * sides.Length)} bytes follow its header",
                    $"{string.Join(" x ", sides)}");
            return new IdxFile([.. sides.Select(side => (int)side)], bytes[(4 + (4 * sides.Length))..]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UserError($"cannot read '{path}': {UserError.Reason(e)}. Fetch the file again.", e);
        }
    }

    private static byte[] Unpack(byte[] bytes)
    {
        if (bytes is not [0x1f, 0x8b, ..]) return bytes;
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)) gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private static UserError Damaged(string path, string found, string expected) =>
        new($"'{path}' is no IDX file of bytes: {found}, expected {expected}. Fetch the file again.");
}
