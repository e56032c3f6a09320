using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace VaeContent.Trainer.Packing;

/// <summary>
/// Which files of the repository make <c>com.vaecontent</c>, and under which names: Unity hides folders that end with a tilde, so
/// samples are offered for import from <c>Samples~</c>, and their bundle lies where every project sees it.
/// </summary>
internal static class UnityPackage
{
    private static readonly string[] Top = ["package.json", "README.md", "CHANGELOG.md", "LICENSE.md", "Third Party Notices.md"];
    private static readonly string[] Samples = ["FirstSprite", "Morph", "Bestiary"];

    // What is none of these is a mistake in the working tree, and stays out.
    private static readonly string[] Kinds = [".cs", ".asmdef", ".rsp", ".shader", ".unity", ".vae", ".json", ".md", ".png", ".gif", ".meta"];

    /// <summary>Name in the package to content.</summary>
    /// <exception cref="UserError">A file is missing.</exception>
    public static SortedDictionary<string, byte[]> Collect(string root)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string name in Top) AddWithMeta(files, root, name, name);
        AddFolder(files, root, "Runtime", "Runtime");
        AddFolder(files, root, "Editor", "Editor");
        AddFolder(files, root, "Samples/Bundles", "Bundles");
        foreach (string sample in Samples) AddBelow(files, root, "Samples/" + sample, "Samples~/" + sample);
        AddBelow(files, root, "Documentation~", "Documentation~");
        return files;
    }

    private static void AddFolder(SortedDictionary<string, byte[]> files, string root, string folder, string name)
    {
        files.Add(name + ".meta", Read(root, folder + ".meta"));
        AddBelow(files, root, folder, name);
    }

    private static void AddWithMeta(SortedDictionary<string, byte[]> files, string root, string path, string name)
    {
        files.Add(name, Read(root, path));
        files.Add(name + ".meta", Read(root, path + ".meta"));
    }

    private static void AddBelow(SortedDictionary<string, byte[]> files, string root, string folder, string name)
    {
        string full = Path.Combine(root, folder);
        if (!Directory.Exists(full)) throw new UserError($"'{full}' is missing: pack from a complete copy of VaeContent's repository.");
        foreach (string path in Directory.EnumerateFiles(full, "*", SearchOption.AllDirectories))
        {
            string below = Path.GetRelativePath(full, path).Replace('\\', '/');
            if (IsShipped(below)) files.Add($"{name}/{below}", File.ReadAllBytes(path));
        }
    }

    private static bool IsShipped(string path)
    {
        string kind = Path.GetExtension(path), described = kind == ".meta" ? Path.GetExtension(path[..^kind.Length]) : kind;
        return path.Split('/').All(part => part[0] != '.' && part[^1] != '~' && part is not ("bin" or "obj"))
            && Kinds.Contains(kind) && (described.Length == 0 || Kinds.Contains(described));
    }

    private static byte[] Read(string root, string path)
    {
        string full = Path.Combine(root, path);
        return File.Exists(full) ? File.ReadAllBytes(full) : throw new UserError($"'{full}' is missing: pack from a complete copy of VaeContent's repository.");
    }
}
