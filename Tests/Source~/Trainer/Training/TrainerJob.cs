using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>A program that runs beside the test; killed when disposed.</summary>
internal sealed class TrainerJob : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    public TrainerJob(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Containers and build machines run as root, which Open MPI only does when told so.
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        _process = new Process { StartInfo = start };
        DataReceivedEventHandler keep = (_, line) => { lock (_output) _output.AppendLine(line.Data); };
        _process.OutputDataReceived += keep;
        _process.ErrorDataReceived += keep;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Sends it a signal by name, such as TERM.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public IEnumerable<int> Children() => File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);

    public (int Code, string Output) Wait(int seconds = 240)
    {
        bool ended = _process.WaitForExit(TimeSpan.FromSeconds(seconds));
        if (ended) _process.WaitForExit(); // the output, too
        else _process.Kill(entireProcessTree: true);
        lock (_output) return (ended ? _process.ExitCode : -1, _output.ToString());
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
