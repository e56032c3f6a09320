using System;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;

namespace VaeContent.Trainer.Training;

/// <summary>What training leaves to chance in a batch besides latents: pixels, labels, draws from the prior, what a discriminator sees. Seed and step decide it.</summary>
internal sealed class BatchNoise(RunConfig config)
{
    private const long PixelStream = 1L << 40, LabelStream = 2L << 40, ViewStream = 3L << 40;
    private const int PriorStream = (1 << 20) + 1;

    private readonly TrainingSettings _settings = config.Training;

    /// <summary>Changes a batch that has been fed; labels are hidden in training only.</summary>
    public void Apply(VaeSession session, long seed, long step, bool training)
    {
        if (_settings.Binarise) PixelNoise.Binarise(session.Sprites, seed, PixelStream + (2 * step));
        if (!session.Clean.IsEmpty)
        {
            session.Sprites.CopyTo(session.Clean);
            PixelNoise.SaltAndPepper(session.Sprites, _settings.Corruption, seed, PixelStream + (2 * step) + 1);
        }
        if (training && _settings.LabelDropout > 0f) HideLabels(session.Label, seed, step);
        if (training && !session.Moved.IsEmpty)
            DifferentiableAugmentation.Fill(session.Moved, session.Kept, config.Model.Width, config.Model.Height, _settings.Flip, seed, ViewStream + (step * _settings.Batch));
        Span<float> draws = session.Draws;
        if (draws.IsEmpty) return;
        var normals = new Sampler(seed, PriorStream);
        for (int i = 0; i < draws.Length; i++) draws[i] = normals.Normal((step * draws.Length) + i);
    }

    private void HideLabels(Span<float> labels, long seed, long step)
    {
        var random = new SplitMix(seed, LabelStream + step);
        int width = labels.Length / _settings.Batch;
        for (int at = 0; at < labels.Length; at += width)
        {
            if (random.Unit() < _settings.LabelDropout) labels.Slice(at, width).Clear();
        }
    }
}
