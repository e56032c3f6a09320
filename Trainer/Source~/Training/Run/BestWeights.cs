using System;
using System.IO;
using System.Runtime.InteropServices;

namespace VaeContent.Trainer.Training;

/// <summary>The averaged weights that did best on held-out sprites.</summary>
/// <param name="Step">When they did.</param>
/// <param name="Loss">Nats a held-out sprite.</param>
/// <param name="Weights">All of them, as a module's parameters lie one after the other.</param>
internal sealed record BestWeights(long Step, double Loss, float[] Weights)
{
    /// <summary>Writes them; null as none.</summary>
    public static void Write(BestWeights? best, BinaryWriter writer)
    {
        writer.Write(best?.Step ?? -1);
        if (best is null) return;
        writer.Write(best.Loss);
        writer.Write(MemoryMarshal.AsBytes<float>(best.Weights));
    }

    /// <summary>Reads them, null for none; <paramref name="count"/> is how many there are.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static BestWeights? Read(BinaryReader reader, long count)
    {
        long step = reader.ReadInt64();
        if (step < 0) return null;
        double loss = reader.ReadDouble();
        var weights = new float[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights.AsSpan()));
        return new BestWeights(step, loss, weights);
    }
}
