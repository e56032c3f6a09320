using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace VaeContent.Tests.Package;

/// <summary>The repository these tests were built from, as text.</summary>
internal static class Repository
{
    private static readonly Regex Comment = new("//.*$", RegexOptions.Multiline);
    private static readonly Regex Text = new("'(\\\\.|[^'\\\\\n])'|\"(\\\\.|[^\"\\\\\n])*\"");

    /// <summary>Its folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Where the Trainer's and the tests' sources lie.</summary>
    public const string TrainerSources = "Trainer/Source~", TestSources = "Tests/Source~";

    /// <summary>Relative paths of the tracked files, with slashes; every file where there is no git.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Tracked().Where(path => File.Exists(At(path))).Order(StringComparer.Ordinal)];

    /// <summary>The C# files below a top-level folder.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Files.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal)
            && path.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>The full path of a relative one.</summary>
    public static string At(string path) => Path.Combine(Root, path);

    /// <summary>The text of a file, with \n line ends.</summary>
    public static string Read(string path) => File.ReadAllText(At(path)).ReplaceLineEndings("\n");

    /// <summary>The text of a C# file without its comments and without what its strings say.</summary>
    public static string Code(string path) => Comment.Replace(Text.Replace(Read(path), "\"\""), "");

    /// <summary>Runs a program in the repository and returns what it printed; null where it is missing or fails.</summary>
    public static string? Run(string program, params string[] arguments) => RunIn(Root, program, arguments);

    /// <summary>Runs a program in a folder; otherwise as above.</summary>
    public static string? RunIn(string folder, string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true
            };
            using Process process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0) return output;
            TestContext.Out.WriteLine(
                $"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{output}{errors.Result}");
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Whether a program can be started.</summary>
    public static bool Exists(string program)
    {
        try
        {
            using Process? process = Process.Start(new ProcessStartInfo(program, "--version")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true
            });
            process!.WaitForExit();
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>A path and the folders it lies in.</summary>
    public static IEnumerable<string> WithFolders(string path)
    {
        for (string? part = path; !string.IsNullOrEmpty(part); part = Path.GetDirectoryName(part)?.Replace('\\', '/'))
            yield return part;
    }

    /// <summary>Fails with one line per finding.</summary>
    public static void AssertNone(IEnumerable<string> findings, string rule)
    {
        string[] found = [.. findings];
        if (found.Length > 0) Assert.Fail($"{rule}\n{string.Join('\n', found)}");
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VaeContent.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"no VaeContent.sln above '{AppContext.BaseDirectory}'");
    }

    // Untracked, unignored files count too, so that a mistake is found before the commit.
    private static IEnumerable<string> Tracked() =>
        Run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
            ?.Split('\0', StringSplitOptions.RemoveEmptyEntries)
        ?? Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !Regex.IsMatch(path, "(^|/)(\\.git|\\.artifacts|node_modules|runs|demo)/"));
}
