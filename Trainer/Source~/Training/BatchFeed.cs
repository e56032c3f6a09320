using System;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Training;

/// <summary>
/// Fills batches for the steps of a run: sprites, labels, and all that is drawn at random. Seed and step decide everything,
/// sprite by sprite, so that the parts of a batch in several processes are what the whole would be in one.
/// </summary>
internal sealed class BatchFeed
{
    private const long PixelStream = 1L << 40, LabelStream = 2L << 40, ViewStream = 3L << 40;
    private const int NoiseStream = 1 << 20, PriorStream = NoiseStream + 1;

    private readonly RunConfig _config;
    private readonly TrainingSettings _settings;
    private readonly BatchSource _train, _heldOut;
    private readonly int _rank, _size;

    /// <summary>A feed for one process of a group, whose part of a batch the settings state; null for a process alone.</summary>
    public BatchFeed(RunConfig config, Dataset data, IProcessGroup? group)
    {
        _config = config;
        _settings = config.Training;
        (_rank, _size) = (group?.Rank ?? 0, group?.Size ?? 1);
        ColourPalette? palette = config.Model.HasPalette ? data.Palette : null;
        _train = new BatchSource(data.Shown, _settings.Batch, _settings.Seed,
            new AugmentationOptions(_settings.Flip, _settings.MaxShift, _settings.Augmentation), palette);
        _heldOut = new BatchSource(data.HeldOut, _settings.Batch, seed: 0, default, palette);
    }

    /// <summary>Complete passes over the sprites so far.</summary>
    public long Epoch => _train.Epoch;

    /// <summary>How many batches hold all held-out sprites, one at least.</summary>
    public int HeldOutBatches(int sprites) => Math.Max(1, sprites / _settings.Batch);

    /// <summary>This process's part of the batch of step <paramref name="step"/>, counted from 1.</summary>
    public void Fill(TrainingBatch batch, long step, float augmentation, bool isOpposed)
    {
        // The parts of all batches lie one after the other: the step itself for a process alone.
        long part = (step * _size) + _rank;
        _train.Position = (part - _size) * _settings.Batch;
        Next(_train, batch, augmentation);
        Draw(batch, _settings.Seed, part);
        HideLabels(batch, part);
        if (!isOpposed) return;
        DifferentiableAugmentation.Fill(TrainingBatch.Memory<long>(batch.Moved), TrainingBatch.Memory<float>(batch.Kept),
            _config.Model.Width, _config.Model.Height, _settings.Flip, _settings.Seed, ViewStream + (part * _settings.Batch));
    }

    /// <summary>
    /// Held-out sprites, always the same ones with the same noise for the same <paramref name="index"/>; ask from 0 on.
    /// </summary>
    public void FillHeldOut(TrainingBatch batch, int index)
    {
        if (index == 0) _heldOut.Position = 0;
        Next(_heldOut, batch, augmentation: 0);
        Draw(batch, seed: 0, index);
    }

    private static void Next(BatchSource source, TrainingBatch batch, float augmentation)
    {
        Span<byte> sprites = TrainingBatch.Memory<byte>(batch.Sprites), indices = TrainingBatch.Memory<byte>(batch.Indices);
        Span<float> label = TrainingBatch.Memory<float>(batch.Label), told = TrainingBatch.Memory<float>(batch.Augmentation);
        if (batch.TargetLabel is null) source.Next(sprites, indices, label, augmentation, told);
        else source.NextPairs(sprites, label, TrainingBatch.Memory<byte>(batch.Clean), indices,
            TrainingBatch.Memory<float>(batch.TargetLabel), told);
    }

    private void Draw(TrainingBatch batch, long seed, long part)
    {
        Normals(TrainingBatch.Memory<float>(batch.Noise), seed, NoiseStream, part);
        Normals(TrainingBatch.Memory<float>(batch.Draws), seed, PriorStream, part);
        Span<byte> sprites = TrainingBatch.Memory<byte>(batch.Sprites), clean = TrainingBatch.Memory<byte>(batch.Clean);
        int size = sprites.Length / batch.Size;
        for (int b = 0; b < batch.Size; b++)
        {
            long number = (part * batch.Size) + b;
            Span<byte> sprite = sprites.Slice(b * size, size);
            if (_settings.Binarise) PixelNoise.Binarise(sprite, seed, PixelStream + (2 * number));
            if (clean.IsEmpty) continue;
            if (batch.TargetLabel is null) sprite.CopyTo(clean.Slice(b * size, size));
            PixelNoise.SaltAndPepper(sprite, _settings.Corruption, seed, PixelStream + (2 * number) + 1);
        }
    }

    private void HideLabels(TrainingBatch batch, long part)
    {
        Span<float> labels = TrainingBatch.Memory<float>(batch.Label);
        int size = labels.Length / batch.Size;
        for (int b = 0; b < batch.Size && size > 0; b++)
        {
            if (new SplitMix(_settings.Seed, LabelStream + (part * batch.Size) + b).Unit() < _settings.LabelDropout)
                labels.Slice(b * size, size).Clear();
        }
    }

    private static void Normals(Span<float> into, long seed, int stream, long part)
    {
        var normals = new Sampler(seed, stream);
        for (int i = 0; i < into.Length; i++) into[i] = normals.Normal((part * into.Length) + i);
    }
}
