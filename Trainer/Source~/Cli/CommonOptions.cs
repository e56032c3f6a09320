using System;
using System.CommandLine;
using System.IO;
using System.Text.Json;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary>Options that mean the same for every verb.</summary>
internal static class CommonOptions
{
    /// <summary>What is drawn at random is drawn from this.</summary>
    public static Option<long> Seed(long otherwise = 1) => new("--seed")
    {
        Description = "what is drawn at random follows from this number",
        DefaultValueFactory = _ => otherwise,
    };

    /// <summary>Where the outcome goes.</summary>
    public static Option<string> Out(string description) => new("--out") { Description = description, Required = true };

    /// <summary>Where figures go.</summary>
    public static Option<string?> Json() => new("--json") { Description = "write the figures to this file too" };

    /// <summary>What to compute on.</summary>
    public static Option<string> Device() => new("--device")
    {
        Description = "auto, managed (C# alone), or cpu, directml, webgpu, cuda, coreml as far as the ONNX Runtime here has it",
        DefaultValueFactory = _ => "auto",
    };

    /// <summary>The device called so.</summary>
    /// <exception cref="UserError">There is none.</exception>
    public static Device DeviceNamed(string name) =>
        !int.TryParse(name, out _) && Enum.TryParse(name, ignoreCase: true, out Device device) && Enum.IsDefined(device) ? device
            : throw new UserError($"--device {name}: expected {string.Join(", ", Enum.GetNames<Device>()).ToLowerInvariant()}.");

    /// <summary>A trained model.</summary>
    public static Argument<string> Bundle() => new("bundle") { Description = "a .vae file" };

    /// <summary>A folder of sprites.</summary>
    public static Argument<string> Sprites() => new("sprites") { Description = "a folder of PNG files" };

    /// <summary>Refuses a whole number outside of a range.</summary>
    /// <exception cref="UserError">It is.</exception>
    public static void Check(string option, long value, long least, long most = long.MaxValue)
    {
        if (value >= least && value <= most) return;
        throw new UserError($"{option} {value}: expected {least} " + (most == long.MaxValue ? "or more." : $"to {most}."));
    }

    /// <summary>A name beside another file: heroes.vae -> heroes.encoder.vae.</summary>
    public static string EncoderBeside(string bundle) =>
        Path.Combine(Path.GetDirectoryName(bundle) ?? "", Path.GetFileNameWithoutExtension(bundle) + ".encoder.vae");
}

/// <summary>Figures as a file, for other programs.</summary>
internal static class JsonFile
{
    /// <summary>Writes an object's public properties, indented, camelCase.</summary>
    public static void Write<T>(string path, T figures) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(figures, RunFolder.Json) + "\n");
}
