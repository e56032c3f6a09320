using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using VaeContent.Trainer.Engines;

namespace VaeContent.Trainer.Training;

/// <summary>
/// Where a run stands, as one file: magic, version, step, seconds, P, four vectors of P floats, and the SHA-256 of all before it. Version 2, of
/// runs with a discriminator, has two more numbers after P: how many of the P are the discriminator's, and the step after which it joined.
/// Little-endian. Written whole or not at all.
/// </summary>
internal static class Checkpoint
{
    private const uint Magic = 0x43454156; // "VAEC"
    private const int Plain = 1, Opposed = 2, HeaderBytes = 32, OpposedBytes = 16, HashBytes = 32;

    /// <summary>Replaces the file at <paramref name="path"/>.</summary>
    public static void Save(string path, long step, double seconds, TrainingState state)
    {
        int p = state.Weights.Length;
        bool opposed = state.Discriminator > 0;
        int offset = HeaderBytes + (opposed ? OpposedBytes : 0);
        var bytes = new byte[offset + (4 * p * sizeof(float)) + HashBytes];
        using (var writer = new BinaryWriter(new MemoryStream(bytes)))
        {
            writer.Write(Magic);
            writer.Write(opposed ? Opposed : Plain);
            writer.Write(step);
            writer.Write(seconds);
            writer.Write((long)p);
            if (opposed)
            {
                writer.Write((long)state.Discriminator);
                writer.Write(state.Joined);
            }
        }
        foreach (float[] vector in Vectors(state))
        {
            MemoryMarshal.AsBytes(vector.AsSpan()).CopyTo(bytes.AsSpan(offset));
            offset += p * sizeof(float);
        }
        SHA256.HashData(bytes.AsSpan(0, offset), bytes.AsSpan(offset));
        AtomicFile.Write(path, bytes);
    }

    /// <summary>Whether there is a file at <paramref name="path"/> that was saved at <paramref name="step"/>.</summary>
    public static bool IsOfStep(string path, long step)
    {
        if (!File.Exists(path)) return false;
        using FileStream file = File.OpenRead(path);
        var header = new byte[HeaderBytes];
        return file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes && BitConverter.ToInt64(header, 8) == step;
    }

    /// <summary>Reads a checkpoint of a model with <paramref name="parameters"/> weights, and of its discriminator where it has one.</summary>
    /// <exception cref="UserError">Missing, damaged, of another version or of another model.</exception>
    public static (long Step, double Seconds, TrainingState State) Load(string path, int parameters)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot read '{path}': a run that was never started or whose folder was moved. Train it first with 'vaecontent train'.", e);
        }
        if (bytes.Length < HeaderBytes + HashBytes || BitConverter.ToUInt32(bytes, 0) != Magic)
            throw new UserError($"'{path}' is no VaeContent checkpoint. Train again, without --resume.");
        int version = BitConverter.ToInt32(bytes, 4), offset = HeaderBytes + (version == Opposed ? OpposedBytes : 0);
        if (version is not (Plain or Opposed))
            throw new UserError($"'{path}' has checkpoint version {version}, this program reads {Plain} and {Opposed}. Use the program that wrote it.");
        if (!SHA256.HashData(bytes.AsSpan(0, bytes.Length - HashBytes)).AsSpan().SequenceEqual(bytes.AsSpan(bytes.Length - HashBytes)))
            throw new UserError($"'{path}' is damaged: its checksum does not match. Train again, without --resume.");
        long p = BitConverter.ToInt64(bytes, 24), discriminator = version == Opposed ? BitConverter.ToInt64(bytes, HeaderBytes) : 0;
        if (p - discriminator != parameters)
            throw new UserError($"'{path}' holds {p - discriminator} weights, the model of config.json has {parameters}: the settings changed since. Train again, without --resume.");

        var state = new TrainingState((int)p, (int)discriminator, discriminator > 0 ? BitConverter.ToInt64(bytes, HeaderBytes + sizeof(long)) : 0);
        foreach (float[] vector in Vectors(state))
        {
            bytes.AsSpan(offset, vector.Length * sizeof(float)).CopyTo(MemoryMarshal.AsBytes(vector.AsSpan()));
            offset += vector.Length * sizeof(float);
        }
        return (BitConverter.ToInt64(bytes, 8), BitConverter.ToDouble(bytes, 16), state);
    }

    private static float[][] Vectors(TrainingState state) => [state.Weights, state.FirstMoment, state.SecondMoment, state.Average];
}
