using System;
using System.Linq;
using System.Runtime.InteropServices;
using TorchSharp;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>
/// Looks now and then at what the latents of some held-out sprites hold, and warns in plain words where that is nothing.
/// </summary>
internal static class LatentMonitor
{
    // Enough for steady figures; the time grows with the square.
    private const int Most = 256;

    // Before this, and while beta still rises, latents may be empty without harm.
    private const double JudgedFrom = 0.3;

    /// <summary>An interval's entry with what the latents of held-out sprites hold in a model.</summary>
    public static LogEntry Look(LogEntry entry, VaeModel model, RunConfig config, Dataset data)
    {
        LatentFigures figures = LatentFigures.FromPosteriors(Encode(model, data.HeldOut.Spread(Most), config.Training.Binarise));
        return entry with
        {
            ActiveUnits = figures.ActiveUnits,
            MutualInformation = figures.MutualInformation,
            KlPerDimension = figures.KlPerDimension,
            Warning = entry.Progress < JudgedFrom ? null : Warn(figures, config),
        };
    }

    /// <summary>One sentence or two on collapsed latents and the settings to change; null where they are in use.</summary>
    internal static string? Warn(LatentFigures figures, RunConfig config)
    {
        double kl = figures.KlPerDimension.Sum();
        if (figures.ActiveUnits > 0 || config.Model.Regulariser == Regulariser.None) return null;
        double pixelMean = Math.Sqrt(config.Model.Width * config.Model.Height * config.Model.PixelChannels / 2.0);
        string advice = config.Model.Likelihood == Likelihood.Mse && config.Model.MseSigma > 1f
            ? $"model.mseSigma={config.Model.MseSigma} makes the squared error small beside the KL "
                + $"({pixelMean:F1} would be its mean over pixels instead of the sum): --set model.mseSigma=0.25, or "
                + "--set model.likelihood=sigma, which fits it."
            : config.Training.FreeBits < 0.05f
                ? "Let each latent keep some for free: --set training.freeBits=0.1; or lower the pull: --set training.beta=0.25."
                : $"Lower the pull: --set training.beta={config.Training.Beta / 4:G3}, or let it come later: "
                    + "--set training.warmUp=0.5.";
        return $"posterior collapse: none of the {figures.KlPerDimension.Count} latents tells sprites apart (KL {kl:F2} nats), "
            + $"so all sprites decode alike. {advice}";
    }

    private static Posteriors Encode(VaeModel model, Sprite[] sprites, bool binarise)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable _ = torch.no_grad();
        var batch = new TrainingBatch(model.Spec, sprites.Length);
        Span<Rgba32> pixels = MemoryMarshal.Cast<byte, Rgba32>(TrainingBatch.Memory<byte>(batch.Sprites));
        int area = pixels.Length / sprites.Length;
        Span<float> labels = TrainingBatch.Memory<float>(batch.Label);
        for (int i = 0; i < sprites.Length; i++)
        {
            sprites[i].CopyTo(pixels.Slice(i * area, area));
            if (labels.Length > 0 && sprites[i].Label >= 0) labels[(i * model.Spec.ConditionLabels) + sprites[i].Label] = 1f;
        }
        if (binarise) PixelNoise.Binarise(TrainingBatch.Memory<byte>(batch.Sprites), seed: 0, stream: 0);
        torch.Device device = model.parameters().First().device;
        var (mu, logVar) = model.Encode(batch.Sprites.to(device), batch.Label?.to(device));
        batch.Dispose();
        return new Posteriors(model.Spec.Latent, mu.ToArray(), logVar.ToArray());
    }
}
