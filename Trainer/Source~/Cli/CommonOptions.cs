using System;
using System.CommandLine;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary>Options that mean the same for every verb.</summary>
internal static class CommonOptions
{
    /// <summary>What is drawn at random is drawn from this.</summary>
    public static Option<long> Seed(long otherwise = 1) => Numbers.Create("--seed",
        "the seed of all random numbers", otherwise, long.MinValue, long.MaxValue);

    /// <summary>How large sheets and animations are drawn.</summary>
    public static Option<int> Scale(int otherwise) => Numbers.Create("--scale", "pixels of the picture per pixel of a sprite",
        otherwise, 1, 32);

    /// <summary>Where the result goes: a file.</summary>
    public static OutputOption Out(string description) => new("--out", description) { Required = true };

    /// <summary>Where the result goes: a folder.</summary>
    public static OutputOption OutFolder(string description) =>
        new("--out", description) { Required = true, Outputs = (_, path) => [new OutputFolder(path)] };

    /// <summary>Where figures go.</summary>
    public static OutputOption Json() => new("--json", "write the figures to this file too");

    /// <summary>A run.</summary>
    public static Argument<string> Run() => new("run") { Description = "a run folder, as 'train --out' wrote it" };

    /// <summary>Where the sprites of a run are, if not where they were.</summary>
    public static Option<string?> TrainedOn() => new("--trained-on")
    {
        Description = "the folder of the run's sprites, if they have moved",
    };

    /// <summary>What to compute on.</summary>
    public static Option<string> Device() => new("--device")
    {
        Description = "auto, managed (C# alone), or cpu, directml, webgpu, cuda, coreml if this ONNX Runtime has it",
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
    public static Argument<string> Sprites() => new("sprites") { Description = "a folder of pictures" };

    /// <summary>A name beside another file: heroes.vae -> heroes.encoder.vae.</summary>
    public static string EncoderBeside(string bundle) =>
        Path.Combine(Path.GetDirectoryName(bundle) ?? "", Path.GetFileNameWithoutExtension(bundle) + ".encoder.vae");
}

/// <summary>Figures as a file, for other programs.</summary>
internal static class JsonFile
{
    /// <summary>
    /// Writes an object's public properties, indented, camelCase, behind the name of this program; or <c>results</c>, a list.
    /// </summary>
    public static void Write<T>(string path, T figures)
    {
        var file = new JsonObject { ["program"] = Authorship.Name };
        JsonNode? content = JsonSerializer.SerializeToNode(figures, RunFolder.Json);
        if (content is JsonObject named)
        {
            foreach (var (name, value) in named) file[name] = value?.DeepClone();
        }
        else
        {
            file["results"] = content;
        }
        AtomicFile.WriteText(path, file.ToJsonString(RunFolder.Json) + "\n");
    }
}
