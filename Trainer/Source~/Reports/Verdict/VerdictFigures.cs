using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Reports;

/// <summary>What a verdict is made of. Shares and distances are 0..1, of pixels; null is not measured.</summary>
internal sealed record VerdictFigures
{
    private const double LastFifth = 0.8;

    // Below this share of exact pixels, palettes paint sprites in other colours than their own.
    private const double ExactPalette = 0.5;

    /// <summary>Steps of training.</summary>
    public long Steps { get; init; }

    /// <summary>Sprites it learnt from.</summary>
    public int TrainingSprites { get; init; }

    /// <summary>Sprites it is judged by.</summary>
    public int HeldOutSprites { get; init; }

    /// <summary>Generated sprites it is judged by.</summary>
    public int Samples { get; init; }

    /// <summary>
    /// Whether its pixels are choices of colours that keep most of the set's pixels exact, so that they can come back exact.
    /// </summary>
    public bool ExactColours { get; init; }

    /// <summary>The share of the set's pixels that its palette keeps exact: what a perfect model brings back.</summary>
    public double PaletteExact { get; init; } = 1;

    /// <summary>Nats a training sprite cost in the end; null where none was judged.</summary>
    public double? TrainingNats { get; init; }

    /// <summary>Nats a held-out sprite cost.</summary>
    public double? HeldOutNats { get; init; }

    /// <summary>Foreground pixels of held-out sprites that come back exact.</summary>
    public double HeldOutExact { get; init; }

    /// <summary>The same of training sprites.</summary>
    public double TrainingExact { get; init; }

    /// <summary>How well outlines of held-out sprites come back: intersection over union.</summary>
    public double Silhouettes { get; init; }

    /// <summary>Decibels of held-out sprites; null without any error.</summary>
    public double? HeldOutPsnr { get; init; }

    /// <summary>Decibels of training sprites; null without any error.</summary>
    public double? TrainingPsnr { get; init; }

    /// <summary>Median distance of samples to the nearest training sprite.</summary>
    public double Distance { get; init; }

    /// <summary>Median distance of held-out sprites to the nearest training sprite.</summary>
    public double HeldOutDistance { get; init; }

    /// <summary>
    /// How far a set of samples lies from held-out sprites, in units of what other real sprites do: the Fréchet ratio of the
    /// feature space where it is worst, less its standard error; null where it is not measured.
    /// </summary>
    public double? SetRatio { get; init; }

    /// <summary>Colours of a sample, mean.</summary>
    public double Colours { get; init; }

    /// <summary>Colours of a held-out sprite, mean.</summary>
    public double RealColours { get; init; }

    /// <summary>Visible pixels of samples whose colour none of their four neighbours has.</summary>
    public double Orphans { get; init; }

    /// <summary>The same of held-out sprites.</summary>
    public double RealOrphans { get; init; }

    /// <summary>Visible pixels of samples that stand out from all of their neighbours.</summary>
    public double LoudSpecks { get; init; }

    /// <summary>The same of held-out sprites.</summary>
    public double RealLoudSpecks { get; init; }

    /// <summary>How well a network tells samples from real sprites, AUC; null where it is not measured.</summary>
    public double? TwoSampleAuc { get; init; }

    /// <summary>Median distance of two samples.</summary>
    public double Spread { get; init; }

    /// <summary>Median distance of two training sprites.</summary>
    public double TrainingSpread { get; init; }

    /// <summary>Samples equal to an earlier one.</summary>
    public double Repeats { get; init; }

    /// <summary>Samples nearer to a training sprite than 99% of held-out sprites are.</summary>
    public double NearCopies { get; init; }

    /// <summary>
    /// Whether hardly any sample copies a training sprite. The plainest sprites, such as a tile of one colour, come out exact now
    /// and then.
    /// </summary>
    public bool IsNew => QualityLimits.NearCopies.Level(NearCopies) == QualityLevel.Good
        && QualityLimits.ExactCopies.Level(ExactCopies) >= QualityLevel.Fair;

    /// <summary>Samples equal to a training sprite.</summary>
    public double ExactCopies { get; init; }

    /// <summary>Visible pixels of samples in colours the set lacks.</summary>
    public double OffPalette { get; init; }

    /// <summary>The same of held-out sprites.</summary>
    public double HeldOutOffPalette { get; init; }

    /// <summary>By what share the held-out loss still fell over the last fifth of training.</summary>
    public double StillFalling { get; init; }

    /// <summary>The step of the least held-out loss.</summary>
    public long BestStep { get; init; }

    /// <summary>By what share the held-out loss rose since then.</summary>
    public double RiseSinceBest { get; init; }

    /// <summary>Collects the figures of a run, or null where it lacks some.</summary>
    public static VerdictFigures? FromEvaluation(ReportSource run, Evaluation evaluation, SamplePool pool)
    {
        if (evaluation is not { HeldOut: { } judged, Training: { } learnt, Novelty: { } novelty }) return null;
        LogEntry[] log = [.. run.Log.Where(entry => entry.HeldOutReconstruction is not null)];
        var (falling, best, rise) = Trend(log);
        LogEntry? last = log.LastOrDefault();
        double kept = run.Data.Palette.Report.ExactShare;
        return new VerdictFigures
        {
            Steps = run.Log.Count > 0 ? run.Log[^1].Step : 0,
            TrainingSprites = run.Data.Train.Sprites.Count,
            HeldOutSprites = run.Data.HeldOut.Sprites.Count,
            Samples = evaluation.Samples,
            ExactColours = evaluation.ExactColours && kept >= ExactPalette,
            PaletteExact = kept,
            TrainingNats = last is null ? null : last.Reconstruction + last.Kl,
            HeldOutNats = last is null ? null : Loss(last),
            HeldOutExact = judged.ForegroundExact,
            TrainingExact = learnt.ForegroundExact,
            Silhouettes = judged.SilhouetteIou,
            HeldOutPsnr = judged.Psnr,
            TrainingPsnr = learnt.Psnr,
            Distance = novelty.MedianDistance,
            HeldOutDistance = novelty.HeldOutMedianDistance,
            SetRatio = evaluation.Quality?.Spaces.Max(space => QualityLimits.BeyondChance(space.Frechet)),
            Colours = evaluation.Pixels.Samples.Colours,
            RealColours = evaluation.Pixels.Real.Colours,
            Orphans = evaluation.Pixels.Samples.Orphans,
            RealOrphans = evaluation.Pixels.Real.Orphans,
            LoudSpecks = evaluation.Pixels.Samples.LoudSpecks,
            RealLoudSpecks = evaluation.Pixels.Real.LoudSpecks,
            TwoSampleAuc = evaluation.TwoSample?.Auc,
            Spread = pool.Spread,
            TrainingSpread = pool.TrainingSpread,
            Repeats = evaluation.Repeats,
            NearCopies = novelty.NearCopies,
            ExactCopies = novelty.ExactCopies,
            OffPalette = evaluation.SampleColours.OffPalette,
            HeldOutOffPalette = evaluation.HeldOutColours?.OffPalette ?? 0,
            StillFalling = falling,
            BestStep = best,
            RiseSinceBest = rise,
        };
    }

    /// <summary>
    /// Over judgements in order: the share by which the loss still fell in the end, the step of the least one, the share by which
    /// it rose since.
    /// </summary>
    public static (double StillFalling, long BestStep, double RiseSinceBest) Trend(IReadOnlyList<LogEntry> judged)
    {
        if (judged.Count == 0) return default;
        double last = Loss(judged[^1]);
        LogEntry best = judged.MinBy(Loss)!;
        LogEntry before = judged.LastOrDefault(entry => entry.Progress <= LastFifth * judged[^1].Progress) ?? judged[0];
        // Losses of colours that are learnt as numbers may be negative.
        double size = double.Max(1, double.Abs(last));
        return ((Loss(before) - last) / size, best.Step, (last - Loss(best)) / size);
    }

    private static double Loss(LogEntry entry) => entry.HeldOutReconstruction!.Value + entry.HeldOutKl!.Value;
}
