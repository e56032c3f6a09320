using System;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Commands;

/// <summary>A line for each pass over the sprites, as in tutorials: means over the epoch, and the losses of all held-out sprites at its end.</summary>
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
        Console.WriteLine(FormattableString.Invariant($"epoch {(long)Math.Round(value.Progress * epochs),4}/{epochs}  loss {reconstruction + own:F2} = {reconstruction:F2} + KL {own:F2}   held out {judged + kl:F2} = {judged:F2} + {kl:F2}")
            + FormattableString.Invariant($"   {value.ActiveUnits} active, {value.MutualInformation:F1} nats of information   {value.Seconds:F0} s"));
        (_reconstruction, _kl, _steps) = (0, 0, 0);
    }
}
