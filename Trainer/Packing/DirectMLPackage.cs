using System;
using System.Collections.Generic;
using System.IO;

namespace VaeContent.Trainer.Packing;

/// <summary>
/// <c>com.vaecontent.directml</c>: ONNX Runtime with DirectML for Windows x64 and the DirectML.dll that fits it, from the pinned npm
/// package. The rest of it lies in <c>Runtime/DirectML~</c> as it ships.
/// </summary>
internal static class DirectMLPackage
{
    private const string Home = "Runtime/DirectML~", Natives = "npm/node_modules/onnxruntime-node/bin/napi-v6/win32/x64/", Plugins = "Plugins/Windows/x64/";
    private const string Notices = "Runtime/OnnxRuntime~/node_modules/com.github.asus4.onnxruntime/ThirdPartyNotices.txt";

    private static readonly string[] Libraries = ["onnxruntime.dll", "DirectML.dll"];

    /// <summary>Name in the package to content; fetches the libraries once.</summary>
    /// <exception cref="UserError">npm is missing or fails.</exception>
    public static SortedDictionary<string, byte[]> Collect(string root)
    {
        string home = Path.Combine(root, Home);
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(home, path).Replace('\\', '/');
            if (!name.StartsWith("npm/", StringComparison.Ordinal)) files.Add(name, File.ReadAllBytes(path));
        }

        if (!File.Exists(Path.Combine(home, Natives + Libraries[0]))) Tool.Run(Path.Combine(home, "npm"), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
        foreach (string library in Libraries) files.Add(Plugins + library, File.ReadAllBytes(Path.Combine(home, Natives + library)));
        files.Add("LICENSE.md", File.ReadAllBytes(Path.Combine(root, "LICENSE.md")));
        files.Add("ThirdPartyNotices.txt", File.ReadAllBytes(Path.Combine(root, Notices)));
        return files;
    }
}
