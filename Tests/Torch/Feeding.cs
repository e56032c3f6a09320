using System;
using System.Runtime.InteropServices;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Torch;

/// <summary>Numbers of the reference in and out of an engine's memory, whatever their type there.</summary>
internal static class Feeding
{
    /// <summary>The memory of a value as bytes.</summary>
    public delegate Span<byte> Memory(Value value);

    public static void Write(Value value, double[] data, Memory memory)
    {
        Span<byte> bytes = memory(value);
        for (int i = 0; i < data.Length; i++)
        {
            switch (value.Type)
            {
                case ElementType.Float:
                    MemoryMarshal.Cast<byte, float>(bytes)[i] = (float)data[i];
                    break;
                case ElementType.Int64:
                    MemoryMarshal.Cast<byte, long>(bytes)[i] = (long)data[i];
                    break;
                default:
                    bytes[i] = (byte)data[i];
                    break;
            }
        }
    }

    public static double[] Read(Value value, ReadOnlySpan<byte> bytes) => value.Type switch
    {
        ElementType.Float => Array.ConvertAll(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), x => (double)x),
        ElementType.Int64 => Array.ConvertAll(MemoryMarshal.Cast<byte, long>(bytes).ToArray(), x => (double)x),
        _ => Array.ConvertAll(bytes.ToArray(), x => (double)x),
    };
}
