using System;
using System.IO;
using System.Security.Cryptography;

namespace VaeContent.Trainer.Training;

/// <summary>
/// Where a run stands, as one file: magic, version, step, seconds, the weights that training starts from (their number), what a
/// <see cref="TrainingReplica"/> or another learner writes, and the SHA-256 of all before it. Little-endian. Written whole or not
/// at all.
/// </summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Seconds">Time they took.</param>
/// <param name="Weights">How many numbers the model's weights are.</param>
/// <param name="State">What the learner wrote.</param>
internal sealed record Checkpoint(long Step, double Seconds, long Weights, byte[] State)
{
    private const uint Magic = 0x43454156; // "VAEC"
    private const int Version = 3, HeaderBytes = 32, HashBytes = 32;
    private const double MostSeconds = 1e9; // 30 years

    /// <summary>A checkpoint of what <paramref name="write"/> writes.</summary>
    public static Checkpoint FromState(long step, double seconds, long weights, Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) write(writer);
        return new Checkpoint(step, seconds, weights, stream.ToArray());
    }

    /// <summary>Where it was read from.</summary>
    public string Path { get; private init; } = "";

    /// <summary>Hands the state to what reads it.</summary>
    /// <exception cref="UserError">It is of another kind.</exception>
    public void Restore(Action<BinaryReader> read)
    {
        using var reader = new BinaryReader(new MemoryStream(State));
        try
        {
            read(reader);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ArgumentException)
        {
            throw new UserError(
                $"'{Path}' holds other weights than config.json describes: a setting such as gan.widths changed since, or "
                + "another program wrote it. Train again, without --resume.", e);
        }
    }

    /// <summary>Replaces the file at <paramref name="path"/>.</summary>
    public void Save(string path)
    {
        var bytes = new byte[HeaderBytes + State.Length + HashBytes];
        using (var writer = new BinaryWriter(new MemoryStream(bytes)))
        {
            writer.Write(Magic);
            writer.Write(Version);
            writer.Write(Step);
            writer.Write(Seconds);
            writer.Write(Weights);
            writer.Write(State);
        }
        int end = bytes.Length - HashBytes;
        SHA256.HashData(bytes.AsSpan(0, end), bytes.AsSpan(end));
        AtomicFile.Write(path, bytes);
    }

    /// <summary>Steps and seconds of the file at <paramref name="path"/>; null where there is none.</summary>
    public static (long Step, double Seconds)? Reached(string path)
    {
        if (!File.Exists(path)) return null;
        using FileStream file = File.OpenRead(path);
        var header = new byte[HeaderBytes];
        return file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes ? null
            : (BitConverter.ToInt64(header, 8), BitConverter.ToDouble(header, 16));
    }

    /// <summary>Whether there is a file at <paramref name="path"/> that was saved at <paramref name="step"/>.</summary>
    public static bool IsOfStep(string path, long step) => Reached(path) is var (reached, _) && reached == step;

    /// <summary>Reads a checkpoint of a model with this many weights.</summary>
    /// <exception cref="UserError">Missing, damaged, of another version or of another model.</exception>
    public static Checkpoint Load(string path, long weights)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError(
                $"cannot read '{path}': the run was never started or its folder was moved. Train it first with "
                + "'vaecontent train'.", e);
        }
        if (bytes.Length < HeaderBytes + HashBytes || BitConverter.ToUInt32(bytes, 0) != Magic)
            throw new UserError($"'{path}' is not a VaeContent checkpoint. Train again, without --resume.");
        int version = BitConverter.ToInt32(bytes, 4);
        if (version != Version)
            throw new UserError(
                $"'{path}' has checkpoint version {version}, this program reads {Version}. Use the program that wrote it, or "
                + "train again.");
        if (!SHA256.HashData(bytes.AsSpan(0, bytes.Length - HashBytes)).AsSpan()
            .SequenceEqual(bytes.AsSpan(bytes.Length - HashBytes)))
            throw new UserError($"'{path}' is damaged: its checksum does not match. Train again, without --resume.");
        long found = BitConverter.ToInt64(bytes, 24);
        if (found != weights)
            throw new UserError(
                $"'{path}' holds {found} weights, the model of config.json has {weights}: the settings changed since. Train "
                + "again, without --resume.");
        long step = BitConverter.ToInt64(bytes, 8);
        double seconds = BitConverter.ToDouble(bytes, 16);
        if (step < 0 || !(seconds >= 0 && seconds < MostSeconds))
            throw new UserError(
                $"'{path}' is of step {step} after {seconds} seconds: no training. Train again, without --resume.");
        return new Checkpoint(step, seconds, found, bytes[HeaderBytes..^HashBytes]) { Path = path };
    }
}
