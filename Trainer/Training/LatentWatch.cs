using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Training;

/// <summary>Looks now and then at what the latents of some held-out sprites hold, and warns in plain words where that is nothing.</summary>
internal sealed class LatentWatch
{
    // Enough for steady figures; the time grows with the square.
    private const int Most = 256;

    // Before this, and while beta still rises, latents may be empty without harm.
    private const double JudgedFrom = 0.3;

    private readonly RunConfig _config;
    private readonly OrtEngine _engine;
    private readonly VaeGraph _vae;
    private readonly Sprite[] _sprites;

    /// <summary>A watch over a run's held-out sprites.</summary>
    public LatentWatch(RunConfig config, Dataset data)
    {
        _config = config;
        _engine = new OrtEngine(config.Training.Threads);
        _sprites = data.HeldOut.Spread(Most);
        _vae = new VaeGraph(config.Model, _sprites.Length);
    }

    /// <summary>An interval's entry with what the latents hold under the given weights.</summary>
    public LogEntry Look(LogEntry entry, float[] weights)
    {
        LatentFigures figures = LatentFigures.Of(Encode(weights));
        return entry with
        {
            ActiveUnits = figures.ActiveUnits,
            MutualInformation = figures.MutualInformation,
            KlPerDimension = figures.KlPerDimension,
            Warning = entry.Progress < JudgedFrom ? null : Warn(figures, _config),
        };
    }

    /// <summary>One sentence or two on collapsed latents and the settings to change; null where they are in use.</summary>
    internal static string? Warn(LatentFigures figures, RunConfig config)
    {
        double kl = figures.KlPerDimension.Sum();
        if (figures.ActiveUnits > 0 || config.Model.Regulariser == Regulariser.None) return null;
        double pixelMean = Math.Sqrt(config.Model.Width * config.Model.Height * config.Model.PixelChannels / 2.0);
        string advice = config.Model.Likelihood == Likelihood.Mse && config.Model.MseSigma > 1f
            ? FormattableString.Invariant($"model.mseSigma={config.Model.MseSigma} makes the squared error small beside the KL ({pixelMean:F1} would be its mean over pixels instead of the sum): --set model.mseSigma=0.25, or --set model.likelihood=sigma, which fits it.")
            : config.Training.FreeBits < 0.05f ? "Let each latent keep some for free: --set training.freeBits=0.1; or lower the pull: --set training.beta=0.25."
            : FormattableString.Invariant($"Lower the pull: --set training.beta={config.Training.Beta / 4:G3}, or let it come later: --set training.warmUp=0.5.");
        return FormattableString.Invariant($"posterior collapse: none of the {figures.KlPerDimension.Count} latents tells sprites apart (KL {kl:F2} nats), so all sprites decode alike. {advice}");
    }


    private Posteriors Encode(float[] weights)
    {
        var inputs = new List<Value> { _vae.Sprites };
        if (_vae.Label is { } label) inputs.Add(label);
        using IInference encoder = _engine.Infer(_vae.Graph, weights, inputs, [_vae.Mu, _vae.LogVar]);
        Span<byte> pixels = encoder.Input<byte>(_vae.Sprites);
        int area = pixels.Length / _sprites.Length;
        for (int i = 0; i < _sprites.Length; i++)
        {
            MemoryMarshal.AsBytes<Rgba32>(_sprites[i].Pixels).CopyTo(pixels[(i * area)..]);
            if (_vae.Label is not null && _sprites[i].Label >= 0) encoder.Input<float>(_vae.Label)[(i * _config.Model.ConditionLabels) + _sprites[i].Label] = 1f;
        }
        if (_config.Training.Binarise) PixelNoise.Binarise(pixels, seed: 0, stream: 0);
        encoder.Run();
        return new Posteriors(_config.Model.Latent, encoder.Output<float>(_vae.Mu).ToArray(), encoder.Output<float>(_vae.LogVar).ToArray());
    }
}
