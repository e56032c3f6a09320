using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace VaeContent.Tests.Package;

/// <summary>
/// Unity's <c>.meta</c> files, one beside each file and folder that Unity sees. A GUID is made of the path at which a file first
/// lay, so it needs no registry and never changes: scenes in other people's projects refer to it.
/// </summary>
internal static class MetaFiles
{
    private const string Importer = "Editor/Importing/VaeImporter.cs", PaletteSwap = "Runtime/Unity/PaletteSwapSprite.cs",
        PaletteShader = "Runtime/Unity/Shaders/PaletteSwap.shader";

    /// <summary>Where files lay that were moved since: new path, first path.</summary>
    private static readonly Dictionary<string, string> FirstPaths = [];

    /// <summary>The files and folders that Unity sees when the repository is a package of a project, metas left out.</summary>
    public static IReadOnlyList<string> Visible { get; } =
        [.. Repository.Files.Where(path => IsVisible(path) && !path.EndsWith(".meta", StringComparison.Ordinal))
            .SelectMany(Repository.WithFolders).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The metas of the package, which lie anywhere but below a folder that starts with a dot.</summary>
    public static IEnumerable<string> Present =>
        Repository.Files.Where(path => path.EndsWith(".meta", StringComparison.Ordinal) && path[0] != '.');

    /// <summary>Folders and files that start with a dot or end with a tilde do not exist for Unity.</summary>
    public static bool IsVisible(string path)
    {
        return path.Split('/').All(part => part[0] != '.' && part[^1] != '~');
    }

    /// <summary>The GUID a file has by the path at which it first lay: 32 hexadecimal digits.</summary>
    public static string GuidOf(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("com.vaecontent/"
            + FirstPaths.GetValueOrDefault(path, path))).AsSpan(0, 16));

    /// <summary>The GUID in a meta's text, or null.</summary>
    public static string? Guid(string meta) => Regex.Match(meta, @"\AfileFormatVersion: 2\nguid: ([0-9a-f]{32})\n")
        is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Writes the metas that are missing; never touches one that is there.</summary>
    public static void WriteMissing()
    {
        foreach (string path in Visible.Where(path => !File.Exists(Repository.At(path + ".meta"))))
            File.WriteAllText(Repository.At(path + ".meta"), Text(path));
    }

    private static string Text(string path) =>
        $"fileFormatVersion: 2\nguid: {GuidOf(path)}\n"
            + (Directory.Exists(Repository.At(path)) ? "folderAsset: yes\n" + Default : ImporterOf(path));

    private const string User = "  userData: \n  assetBundleName: \n  assetBundleVariant: \n";
    private const string Tail = "  externalObjects: {}\n" + User;
    private const string Default = "DefaultImporter:\n" + Tail;

    private static string ImporterOf(string path)
    {
        if (Path.GetFileName(path) == "package.json") return "PackageManifestImporter:\n" + Tail;
        return Path.GetExtension(path) switch
        {
            ".cs" => "MonoImporter:\n  externalObjects: {}\n  serializedVersion: 2\n  defaultReferences:" + References(path)
                + "  executionOrder: 0\n  icon: {instanceID: 0}\n" + User,
            ".asmdef" => "AssemblyDefinitionImporter:\n" + Tail,
            ".shader" => "ShaderImporter:\n  externalObjects: {}\n  defaultTextures: []\n  nonModifiableTextures: []\n" + User,
            ".vae" => "ScriptedImporter:\n  internalIDToNameTable: []\n  externalObjects: {}\n  serializedVersion: 2\n" + User
                + $"  script: {{fileID: 11500000, guid: {GuidOf(Importer)}, type: 3}}\n",
            ".md" or ".txt" or ".json" or ".jsonl" or ".csv" or ".xml" => "TextScriptImporter:\n" + Tail,
            _ => Default,
        };
    }

    // What the Editor fills in when the component is added: without it a build would leave the shader out.
    private static string References(string path) => path == PaletteSwap
        ? $"\n  - _shader: {{fileID: 4800000, guid: {GuidOf(PaletteShader)}, type: 3}}\n" : " []\n";
}
