
namespace VaeContent.Trainer.Training;

/// <summary>Means of what each step of an interval found.</summary>
internal sealed class LogInterval
{
    private double _reconstruction, _kl, _norm, _discriminator, _generator, _factor;
    private int _count, _opposed;

    /// <summary>Takes a step's losses; <paramref name="opposed"/>: whether a discriminator was part of it.</summary>
    public void Add(in Losses losses, bool opposed)
    {
        _reconstruction += losses.Reconstruction;
        _kl += losses.Kl;
        _norm += losses.GradientNorm;
        _discriminator += losses.Discriminator;
        _generator += losses.Generator;
        _factor += losses.AdversaryFactor;
        _count++;
        if (opposed) _opposed++;
    }

    /// <summary>The entry of the interval that ends here; the next one begins.</summary>
    public LogEntry Close(long step, double progress, double seconds, long epoch, in StepSettings used, float beta,
        Losses? heldOut)
    {
        double? Mean(double sum) => _opposed > 0 ? sum / _opposed : null;
        var entry = new LogEntry(step, progress, seconds, epoch, _reconstruction / _count, _kl / _count, beta, used.LearningRate,
            _norm / _count, heldOut?.Reconstruction, heldOut?.Kl)
        {
            Discriminator = Mean(_discriminator),
            Generator = Mean(_generator),
            AdversaryFactor = Mean(_factor),
        };
        _reconstruction = _kl = _norm = _discriminator = _generator = _factor = _count = _opposed = 0;
        return entry;
    }
}
