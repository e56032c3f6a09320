using System;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary>How training goes: one line that rewrites itself on a terminal, a line now and then in a log.</summary>
internal sealed class ProgressLine
{
    private const int Cells = 24, UsualWidth = 80;
    private const double LogLineEvery = 0.1;
    private readonly bool _terminal = !Console.IsOutputRedirected;
    private double _next;
    private double? _heldOut;

    /// <summary>Shows an interval's figures.</summary>
    public void Show(LogEntry entry)
    {
        _heldOut = entry.HeldOutReconstruction + entry.HeldOutKl ?? _heldOut;
        double left = entry.Progress <= 0 ? 0 : entry.Seconds * (1 - entry.Progress) / entry.Progress;
        string figures = $"step {entry.Step}  loss {entry.Reconstruction:F1} + KL {entry.Kl:F1}"
            + (_heldOut is { } judged ? $"  held out {judged:F1}" : "")
            + (entry.Discriminator is { } loss ? $"  discriminator {loss:F2}" : "")
            + $"  {TimeSpan.FromSeconds(left):m\\:ss} left";
        if (_terminal)
        {
            PlainConsole.Raw.Write($"\r\u001b[K{Fit(entry.Progress, figures, Width)}");
        }
        else if (entry.Progress >= _next)
        {
            Console.WriteLine($"training   {entry.Progress * 100:F0}%  {figures}");
            while (_next <= entry.Progress) _next += LogLineEvery;
        }
    }

    /// <summary>What fits a line: a bar if there is room, the share, as many figures as are whole.</summary>
    internal static string Fit(double progress, string figures, int width)
    {
        int full = (int)(Math.Clamp(progress, 0, 1) * Cells);
        string share = $"{progress * 100:F0}%  ", bar = $"{new string('█', full)}{new string('░', Cells - full)} ";
        string line = bar.Length + share.Length + figures.Length < width ? bar + share + figures : share + figures;
        while (line.Length >= width && line.LastIndexOf("  ", StringComparison.Ordinal) is > 0 and var end) line = line[..end];
        return line.Length < width ? line : line[..Math.Max(0, width - 1)];
    }

    // Some terminals say 0.
    private static int Width
    {
        get
        {
            try
            {
                return Console.WindowWidth > 0 ? Console.WindowWidth : UsualWidth;
            }
            catch (System.IO.IOException)
            {
                return UsualWidth;
            }
        }
    }

    /// <summary>Leaves the line.</summary>
    public void End()
    {
        if (_terminal) Console.WriteLine();
    }
}

/// <summary>
/// A line for each pass over the sprites, as in tutorials: means over the epoch, and the losses of all held-out sprites at its
/// end.
/// </summary>
internal sealed class EpochLines(int epochs)
{
    private double _reconstruction, _kl;
    private long _step, _steps;

    /// <summary>Takes an interval; the last of an epoch is the one that judges held-out sprites.</summary>
    public void Show(LogEntry value)
    {
        long steps = value.Step - _step;
        _step = value.Step;
        _steps += steps;
        _reconstruction += steps * value.Reconstruction;
        _kl += steps * value.Kl;
        if (value.HeldOutKl is not { } kl || _steps == 0) return;
        double reconstruction = _reconstruction / _steps, own = _kl / _steps, judged = value.HeldOutReconstruction!.Value;
        Console.WriteLine($"epoch {(long)Math.Round(value.Progress * epochs),4}/{epochs}  loss {reconstruction + own:F2} = "
            + $"{reconstruction:F2} + KL {own:F2}   held out {judged + kl:F2} = {judged:F2} + {kl:F2}"
            + $"   {value.ActiveUnits} active, {value.MutualInformation:F1} nats of information   {value.Seconds:F0} s");
        (_reconstruction, _kl, _steps) = (0, 0, 0);
    }
}
