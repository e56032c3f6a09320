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

    /// <summary>
    /// Changes a batch that has been fed; labels are hidden in training only. Each sprite has draws of its own, by its number among those of
    /// all batches: parts of a batch in several processes get what the whole would in one.
    /// </summary>
    public void Apply(VaeSession session, long seed, long step, bool training)
    {
        int size = session.Sprites.Length / _settings.Batch, labels = session.Label.Length / _settings.Batch;
        for (int b = 0; b < _settings.Batch; b++)
        {
            long number = (step * _settings.Batch) + b;
            Span<byte> sprite = session.Sprites.Slice(b * size, size);
            if (_settings.Binarise) PixelNoise.Binarise(sprite, seed, PixelStream + (2 * number));
            if (!session.Clean.IsEmpty)
            {
                sprite.CopyTo(session.Clean.Slice(b * size, size));
                PixelNoise.SaltAndPepper(sprite, _settings.Corruption, seed, PixelStream + (2 * number) + 1);
            }
            if (training && new SplitMix(seed, LabelStream + number).Unit() < _settings.LabelDropout) session.Label.Slice(b * labels, labels).Clear();
        }
        if (training && !session.Moved.IsEmpty)
            DifferentiableAugmentation.Fill(session.Moved, session.Kept, config.Model.Width, config.Model.Height, _settings.Flip, seed, ViewStream + (step * _settings.Batch));
        Span<float> draws = session.Draws;
        if (draws.IsEmpty) return;
        var normals = new Sampler(seed, PriorStream);
        for (int i = 0; i < draws.Length; i++) draws[i] = normals.Normal((step * draws.Length) + i);
    }
}
