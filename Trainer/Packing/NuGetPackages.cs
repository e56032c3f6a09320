using System.IO;

namespace VaeContent.Trainer.Packing;

/// <summary>NuGet packages by <c>dotnet pack</c>, then made reproducible.</summary>
internal static class NuGetPackages
{
    /// <summary>The library, compiled against Microsoft.ML.OnnxRuntime.Managed so that any native package goes with it, and its symbols.</summary>
    /// <exception cref="UserError">It does not build.</exception>
    public static void Library(string root, string output) => Pack(root, "Runtime/VaeContent.csproj", output, "-p:OrtSource=managed");

    /// <summary>The trainer as a .NET tool with the native libraries of every desktop system.</summary>
    /// <exception cref="UserError">It does not build.</exception>
    public static void TrainerTool(string root, string output) => Pack(root, "Trainer/VaeContent.Trainer.csproj", output, "-p:OrtEveryNative=true");

    // A folder of its own: another OrtSource would mix with what the ordinary build left there.
    private static void Pack(string root, string project, string output, string option)
    {
        string work = Path.Combine(root, ".artifacts", "pack", Path.GetFileNameWithoutExtension(project)), packages = Path.Combine(work, "packed");
        if (Directory.Exists(packages)) Directory.Delete(packages, recursive: true);
        Tool.Run(root, "dotnet", "pack", project, "-c", "Release", "-o", packages, "-nodeReuse:false", "-m:1", "-p:ArtifactsPath=" + work,
            "-p:PathMap=" + root + Path.DirectorySeparatorChar + "=/_/", "-p:EnableSourceControlManagerQueries=false", "-p:IncludeSourceRevisionInInformationalVersion=false", option);
        foreach (string package in Directory.EnumerateFiles(packages))
            AtomicFile.Write(Path.Combine(output, Path.GetFileName(package)), NormalZip.Rewrite(File.ReadAllBytes(package)));
    }
}
