using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using VaeContent.Trainer.Packing;

namespace VaeContent.Trainer.Commands;

/// <summary><c>pack --out dist</c>: everything that is published, from a copy of the repository. Two runs give the same bytes.</summary>
internal static class PackCommand
{
    private static readonly string[] Parts = ["unity", "directml", "nuget", "tool"];

    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "the folder for the packages", DefaultValueFactory = _ => "dist" };
        var only = new Option<string[]>("--only") { Description = string.Join(", ", Parts) + "; may be repeated", AllowMultipleArgumentsPerToken = true };
        var command = new Command("pack", "make the Unity and NuGet packages (in VaeContent's repository)") { output, only };
        command.SetAction(parsed =>
        {
            string[] parts = parsed.GetValue(only) is { Length: > 0 } chosen ? chosen : Parts;
            if (parts.Except(Parts).FirstOrDefault() is { } unknown) throw new UserError($"there is no part '{unknown}'. The parts are: {string.Join(", ", Parts)}.");
            Run(Environment.CurrentDirectory, Path.GetFullPath(parsed.GetValue(output)!), parts);
            return 0;
        });
        return command;
    }

    /// <summary>Packs the repository at <paramref name="root"/>.</summary>
    /// <exception cref="UserError">It is no repository of VaeContent, or a file or program is missing.</exception>
    public static void Run(string root, string output, IReadOnlyCollection<string> parts)
    {
        if (!File.Exists(Path.Combine(root, "VaeContent.sln"))) throw new UserError($"'{root}' holds no VaeContent.sln: pack in the top folder of VaeContent's repository.");
        string version = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "package.json"))).RootElement.GetProperty("version").GetString()!;
        Directory.CreateDirectory(output);
        if (parts.Contains("unity")) Write(output, $"com.vaecontent-{version}.tgz", TarGz.Write(UnityPackage.Collect(root)));
        if (parts.Contains("directml")) Write(output, $"com.vaecontent.directml-{version}.tgz", TarGz.Write(DirectMLPackage.Collect(root)));
        if (parts.Contains("nuget")) NuGetPackages.Library(root, output);
        if (parts.Contains("tool")) NuGetPackages.TrainerTool(root, output);
        foreach (string file in Directory.EnumerateFiles(output).Order(StringComparer.Ordinal)) Console.WriteLine($"{file}  {new FileInfo(file).Length / 1024} KiB");
    }

    private static void Write(string folder, string name, byte[] package) => AtomicFile.Write(Path.Combine(folder, name), package);
}
