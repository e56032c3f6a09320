using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace VaeContent.Tests.Trainer;

/// <summary>The trainer as a person starts it: a separate process, with what it prints and how it ends.</summary>
internal sealed class TrainerProgram : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new(), _errors = new();

    private TrainerProgram(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        void Keep(StringBuilder text, string? line)
        {
            if (line is null) return;
            lock (text) text.Append(line).Append('\n');
        }
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The program's file.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "VaeContent.Trainer.dll");

    public bool HasEnded => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Runs it to its end.</summary>
    public static Ending Run(params string[] arguments) => RunIn(null, null, arguments);

    /// <summary>Runs it to its end in a folder, with variables of the environment.</summary>
    public static Ending RunIn(string? folder, IReadOnlyDictionary<string, string>? variables, params string[] arguments)
    {
        using TrainerProgram program = Start(folder, variables, arguments);
        return program.Wait();
    }

    public static TrainerProgram Start(params string[] arguments) => Start(null, null, arguments);

    public static TrainerProgram Start(string? folder, IReadOnlyDictionary<string, string>? variables, params string[] arguments)
    {
        ProcessStartInfo start = StartInfo("dotnet", arguments.Prepend(Path));
        start.WorkingDirectory = folder ?? "";
        foreach (var (name, value) in variables ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new TrainerProgram(start);
    }

    /// <summary>Starts another program, such as the one that starts several trainers.</summary>
    public static TrainerProgram StartOther(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = StartInfo(program, arguments);
        // Containers and build machines run as root, which Open MPI only does when told so.
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        return new TrainerProgram(start);
    }

    /// <summary>Sends it a signal by name, such as TERM.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public IEnumerable<int> Children() => File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);

    public Ending Wait(int seconds = 300)
    {
        if (!_process.WaitForExit(TimeSpan.FromSeconds(seconds)))
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"it did not end in {seconds} s; it printed: {Output}");
        }
        _process.WaitForExit(); // the output, too
        return new Ending(_process.ExitCode, _output.ToString(), _errors.ToString().TrimEnd());
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments) =>
        new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
}

/// <summary>How it ended.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it complained of, without the last line break.</param>
internal sealed record Ending(int Code, string Output, string Error)
{
    /// <summary>All that it printed.</summary>
    public string Text => Output + Error;

    /// <summary>Asserts that it was the user's mistake, told in one line that contains some words.</summary>
    public void IsMistake(params string[] words)
    {
        Assert.That(Code, Is.EqualTo(1), Error + Output);
        Assert.That(Error, Does.StartWith("vaecontent: ").And.Not.Contains("\n"));
        foreach (string word in words) Assert.That(Error, Does.Contain(word));
    }

    /// <summary>Asserts that it went well.</summary>
    public void IsDone() => Assert.That(Code, Is.Zero, Error + Output);
}

/// <summary>All files under a folder with what they hold, to tell whether anything changed.</summary>
internal static class FolderContent
{
    public static string[] Read(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(folder, file)} {Convert.ToHexString(
                System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}"),
    ];
}
