using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Cli;

/// <summary>A file or folder that a verb writes.</summary>
/// <param name="Name">As the user wrote it.</param>
internal abstract record Output(string Name)
{
    /// <summary>Where it is.</summary>
    public string FullPath { get; } = FullPathOf(Name);

    /// <summary>Refuses to destroy or to mix with what is there, and what cannot be written.</summary>
    /// <param name="inputs">Files and folders that are read.</param>
    /// <exception cref="UserError">One line that says what is in the way.</exception>
    public abstract void Check(IReadOnlyList<string> inputs);

    /// <summary>Whether this is a folder, or lies in it where readers look: not in or under what starts with a dot.</summary>
    protected bool LiesIn(string folder)
    {
        string[] way = Path.GetRelativePath(RealPath.Resolve(folder), RealPath.Resolve(FullPath))
            .Split(Path.DirectorySeparatorChar);
        return way is ["."] || !Array.Exists(way, part => part.StartsWith('.') || Path.IsPathRooted(part));
    }

    /// <summary>Refuses no name, and that of a file.</summary>
    protected void CheckCanBeFolder(string what)
    {
        if (Name.Length == 0 || File.Exists(FullPath))
            throw new UserError($"'{Name}' is {(Name.Length == 0 ? "empty" : "a file")}; expected a folder {what}.");
    }

    /// <summary>Makes a file in the folder, or in the nearest one above that exists, and removes it again.</summary>
    protected void CheckWritable(string folder)
    {
        string there = folder;
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above)
        {
            if (File.Exists(there))
                throw new UserError($"cannot write '{Name}': '{there}' is a file, not a folder. Choose another path.");
            there = above;
        }
        string trial = Path.Combine(there, $".vaecontent-{Guid.NewGuid():N}");
        try
        {
            File.OpenHandle(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot write '{Name}': nothing can be written to '{there}' ({UserError.Reason(e)}). Choose "
                + "another path, or change its permissions.", e);
        }
    }

    private static string FullPathOf(string path)
    {
        try
        {
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException)
        {
            throw new UserError($"'{path}' cannot be written: {UserError.Reason(e)}. Choose another path.", e);
        }
    }
}

/// <summary>A file. One that this program did not write is never replaced.</summary>
internal sealed record OutputFile(string Name) : Output(Name)
{
    /// <inheritdoc/>
    public override void Check(IReadOnlyList<string> inputs)
    {
        if (Name.Length == 0 || Directory.Exists(FullPath))
            throw new UserError($"'{Name}' is {(Name.Length == 0 ? "empty" : "a folder")}; expected the name of a file to "
                + "write.");
        foreach (string input in inputs)
        {
            if (File.Exists(input) && RealPath.Resolve(input) == RealPath.Resolve(FullPath))
                throw new UserError($"'{Name}' is read by this command, so it is not overwritten. Choose another name.");
            if (Directory.Exists(input) && PictureReader.IsPicture(Name) && LiesIn(input) && !RunFiles.IsRun(input))
                throw new UserError($"'{Name}' would lie among the sprites of '{input}' and be read as one of them next time. "
                    + "Choose a place outside.");
        }
        if (File.Exists(FullPath) && !Authorship.IsOurs(FullPath))
            throw new UserError($"'{Name}' exists, and vaecontent did not write it, so it is not overwritten. Choose another "
                + "name, or move that file away.");
        CheckWritable(Path.GetDirectoryName(FullPath) ?? FullPath);
    }
}

/// <summary>A folder for many pictures. One that holds anything else is refused.</summary>
internal sealed record OutputFolder(string Name) : Output(Name)
{
    private const int Named = 3;

    /// <inheritdoc/>
    public override void Check(IReadOnlyList<string> inputs)
    {
        CheckCanBeFolder("to write to");
        if (inputs.FirstOrDefault(input => Directory.Exists(input) && LiesIn(input)) is { } read)
            throw new UserError($"'{Name}' lies in '{read}', which is read: originals would be overwritten, or the result be "
                + "read as sprites next time. Choose a folder outside.");
        RefuseStrangers();
        CheckWritable(FullPath);
    }

    private void RefuseStrangers()
    {
        if (!Directory.Exists(FullPath)) return;
        string[] strangers = [.. Directory.EnumerateFiles(FullPath, "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetFileName(file).StartsWith('.') && !Authorship.IsOurs(file)).Order(StringComparer.Ordinal)];
        if (strangers.Length == 0) return;
        string names = string.Join(", ", strangers.Take(Named).Select(file => $"'{Path.GetRelativePath(FullPath, file)}'"));
        throw new UserError($"'{Name}' holds {strangers.Length} files that vaecontent did not write, or that were changed since: "
            + $"{names}{(strangers.Length > Named ? ", ..." : "")}. Choose an empty folder.");
    }
}

/// <summary>The folder of a run: new, empty, or a run.</summary>
internal sealed record OutputRun(string Name) : Output(Name)
{
    private const int Named = 3;

    /// <inheritdoc/>
    public override void Check(IReadOnlyList<string> inputs)
    {
        CheckCanBeFolder("for the run");
        if (Directory.Exists(FullPath))
        {
            if (inputs.Any(input => Directory.Exists(input) && RealPath.Resolve(input) == RealPath.Resolve(FullPath)))
                throw new UserError($"'{Name}' is the folder of the sprites, where the run's pictures would be read as "
                    + "sprites. Choose another --out, such as runs/heroes.");
            string[] there = [.. Directory.EnumerateFileSystemEntries(FullPath).Select(path => Path.GetFileName(path))
                .Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];
            if (there.Length > 0 && !RunFiles.IsRun(FullPath))
                throw new UserError($"'{Name}' holds {there.Length} files or folders that train did not write: "
                    + $"{string.Join(", ", there.Take(Named).Select(name => $"'{name}'"))}"
                    + $"{(there.Length > Named ? ", ..." : "")}. Choose an empty or new folder for the run.");
        }
        CheckWritable(FullPath);
    }
}

/// <summary>A folder that is made, or is empty.</summary>
internal sealed record OutputNewFolder(string Name) : Output(Name)
{
    /// <inheritdoc/>
    public override void Check(IReadOnlyList<string> inputs)
    {
        CheckCanBeFolder("to write to");
        if (Directory.Exists(FullPath) && Directory.EnumerateFileSystemEntries(FullPath).Any())
            throw new UserError($"'{Name}' is not empty. Choose another --out, or remove it first.");
        CheckWritable(FullPath);
    }
}
