using System;
using System.Buffers.Binary;
using System.Text;

namespace VaeContent.Trainer.Data;

/// <summary>Matrices as NumPy's <c>.npy</c>, version 1.0: float32, little-endian, row by row.</summary>
public static class NpyFile
{
    private const int Prefix = 10, Alignment = 64;

    /// <summary>Writes an (N, <paramref name="columns"/>) matrix.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void Save(string path, ReadOnlySpan<float> values, int columns) =>
        AtomicFile.Write(path, Bytes(values, columns));

    /// <summary>The file's content.</summary>
    public static byte[] Bytes(ReadOnlySpan<float> values, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (values.Length % columns != 0)
            throw new ArgumentException($"{values.Length} values do not fill rows of {columns}", nameof(values));
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({values.Length / columns}, {columns}), }}";
        int length = (Prefix + header.Length + Alignment) / Alignment * Alignment; // with the line break that ends it
        var bytes = new byte[length + (values.Length * sizeof(float))];
        new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)(length - Prefix),
            (byte)((length - Prefix) >> 8) }.CopyTo(bytes, 0);
        Encoding.ASCII.GetBytes(header.PadRight(length - Prefix - 1) + "\n").CopyTo(bytes, Prefix);
        Span<byte> data = bytes.AsSpan(length);
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(data[(i * sizeof(float))..], values[i]);
        return bytes;
    }
}
