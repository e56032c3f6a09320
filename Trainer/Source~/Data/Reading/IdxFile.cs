using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;

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

    // MNIST is packed to a fifth; a file that unpacks to far more than its size was made to fill memory.
    private const long LeastUnpacked = 16 << 20, MostUnpacked = 64;

    /// <summary>Reads a file whole.</summary>
    /// <exception cref="UserError">It cannot be read, or is not an IDX file of bytes.</exception>
    public static IdxFile Load(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            bool isPacked = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            using Stream bytes = isPacked ? new GZipStream(file, CompressionMode.Decompress) : file;
            return Read(path, bytes, isPacked ? Math.Max(LeastUnpacked, file.Length * MostUnpacked) : file.Length, isPacked);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UserError($"cannot read '{path}': {UserError.Reason(e)}. Download the file again.", e);
        }
    }

    // At most this many bytes, known before any is kept.
    private static IdxFile Read(string path, Stream bytes, long most, bool isPacked)
    {
        Span<byte> start = stackalloc byte[4], side = stackalloc byte[4];
        int begun = bytes.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        if (begun < 4 || start[0] != 0 || start[1] != 0 || start[2] != 8 || start[3] is 0 or > 4)
            throw Damaged(path, $"its first bytes are {Convert.ToHexStringLower(start[..begun])}",
                "000008 and the number of dimensions, 1 to 4");
        var sides = new int[start[3]];
        long count = 1;
        for (int i = 0; i < sides.Length; i++)
        {
            bytes.ReadExactly(side);
            sides[i] = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(side), int.MaxValue);
            count = Math.Min(count * sides[i], MostElements + 1L);
        }
        if (count > Math.Min(most, MostElements))
            throw Damaged(path, isPacked ? $"it is packed to less than 1/{MostUnpacked}"
                : $"{most - 4 - (4 * sides.Length)} bytes follow its header", string.Join(" x ", sides));
        var data = new byte[count];
        int read = bytes.ReadAtLeast(data, data.Length, throwOnEndOfStream: false);
        if (read < count || bytes.ReadByte() >= 0)
            throw Damaged(path, read < count ? $"{read} bytes follow its header" : $"more than {count} bytes follow its header",
                string.Join(" x ", sides));
        return new IdxFile(sides, data);
    }

    private static UserError Damaged(string path, string found, string expected) =>
        new($"'{path}' is not an IDX file of bytes: {found}, expected {expected}. Download the file again.");
}
