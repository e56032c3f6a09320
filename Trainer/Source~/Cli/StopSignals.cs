using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace VaeContent.Trainer.Cli;

/// <summary>Ctrl-C (SIGINT) and SIGTERM as a request to finish what is in hand, save and stop.</summary>
internal sealed class StopSignals : IDisposable
{
    private const int Interrupted = 130, Terminated = 143;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt, _terminate;

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
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext signal, int code)
    {
        signal.Cancel = true;
        Code = code;
        _source.Cancel();
    }
}
