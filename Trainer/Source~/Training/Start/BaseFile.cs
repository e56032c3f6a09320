using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>
/// A model that other trainings start from, as one file: the length of a header, 4 bytes; the header, JSON; the weights in their
/// order, half floats; and the SHA-256 of all before it. Little-endian.
/// </summary>
internal static class BaseFile
{
    private const int LengthBytes = 4, HashBytes = 32;

    /// <summary>Of a model and its palette.</summary>
    public static byte[] ToBytes(VaeModel model, Palette colours)
    {
        var header = new Header(Header.Kind, model.Spec,
            [.. colours.Colours.ToArray().Select(colour => colour.ToString())]);
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(header, RunFolder.Json);
        Half[] weights = CompactWeights.ToHalf(model.Flat());
        byte[] content = [.. BitConverter.GetBytes(text.Length), .. text, .. MemoryMarshal.AsBytes<Half>(weights)];
        return [.. content, .. SHA256.HashData(content)];
    }

    /// <summary>The networks of a file.</summary>
    /// <exception cref="UserError">The file is damaged or another one.</exception>
    public static ModelSpec Spec(byte[] file, string name) => Open(file, name).Spec;

    /// <summary>The model of a file.</summary>
    /// <exception cref="UserError">The file is damaged or another one.</exception>
    public static BaseModel Read(byte[] file, string name)
    {
        var (spec, colours, start) = Open(file, name);
        ReadOnlySpan<Half> halves = MemoryMarshal.Cast<byte, Half>(file.AsSpan(start..^HashBytes));
        var weights = new float[halves.Length];
        TensorPrimitives.ConvertToSingle(halves, weights);
        var model = new VaeModel(spec);
        if (model.ParameterCount() != weights.Length) throw Damaged(name);
        model.SetFlat(weights);
        return new BaseModel(model, colours);
    }

    private static (ModelSpec Spec, Palette Colours, int Start) Open(byte[] file, string name)
    {
        int end = file.Length - HashBytes;
        if (end < LengthBytes || !SHA256.HashData(file.AsSpan(0, end)).AsSpan().SequenceEqual(file.AsSpan(end)))
            throw Damaged(name);
        int length = BitConverter.ToInt32(file, 0);
        if (length < 0 || length > end - LengthBytes) throw Damaged(name);
        try
        {
            Header? header = JsonSerializer.Deserialize<Header>(file.AsSpan(LengthBytes, length), RunFolder.Json);
            if (header?.Format != Header.Kind) throw Damaged(name);
            header.Model.Validate();
            return (header.Model, new Palette([.. header.Palette.Select(Colour)]), LengthBytes + length);
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException or ArgumentException)
        {
            throw Damaged(name);
        }
    }

    private static Rgba32 Colour(string packed) =>
        Rgba32.FromPacked(uint.Parse(packed, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    private static UserError Damaged(string name) =>
        new($"'{name}' is damaged, or no file that 'vaecontent base' wrote. Copy it again.");

    private sealed record Header(string Format, ModelSpec Model, IReadOnlyList<string> Palette)
    {
        public const string Kind = "VaeContent base 1";
    }
}
