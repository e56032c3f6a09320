using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// Ctrl-C (SIGINT) and SIGTERM as a request to finish the current step, save and stop. What has not stopped in time, or is asked
/// twice, is ended where it stands: every file is written whole or not at all, so a run keeps its last checkpoint.
/// </summary>
internal sealed partial class StopSignals : IDisposable
{
    private const int Interrupted = 130, Terminated = 143;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt, _terminate;
    private volatile bool _isDisposed;

    public StopSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, Terminated));
    }

    /// <summary>Cancelled by either signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>0, or the exit code that the signal asks for.</summary>
    public int Code { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext signal, int code)
    {
        signal.Cancel = true;
        if (Code != 0) End(code);
        Code = code;
        _source.Cancel();
        var ending = new Thread(() =>
        {
            Thread.Sleep(Patience);
            if (!_isDisposed) End(code);
        });
        ending.IsBackground = true;
        ending.Start();
    }

    private static void End(int code)
    {
        Console.Error.WriteLine("vaecontent: stopped in the middle of a step; --resume continues from the last checkpoint.");
        // Not by Environment.Exit: it has libtorch take itself apart while the step still computes, which crashes.
        if (!OperatingSystem.IsWindows()) ExitAtOnce(code);
        Environment.Exit(code);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitAtOnce(int code);
}
