using System;

namespace VaeContent.Trainer.Metrics;

/// <summary>Generated sprites as they are judged and shown: like those of a set, their invisible pixels have no colour.</summary>
internal static class GeneratedSprites
{
    private const int Batch = 64;

    /// <summary>A generator that draws many sprites at once, on all cores.</summary>
    public static SpriteGenerator Start(VaeBundle decoder, Device device = Device.Auto) =>
        new(decoder, new GeneratorOptions { Device = device, BatchSize = Batch, Threads = Environment.ProcessorCount });

    /// <summary>The sprites of <paramref name="count"/> seeds from <paramref name="seed"/> upwards, (H, W) pixels each.</summary>
    public static Rgba32[][] Draw(SpriteGenerator generator, long seed, int count)
    {
        int area = generator.PixelCount;
        var samples = new Rgba32[count][];
        var batch = new Rgba32[Batch * area];
        for (int start = 0; start < count; start += Batch)
        {
            int size = Math.Min(Batch, count - start);
            generator.GenerateBatch(seed + start, size, batch);
            for (int i = 0; i < size; i++) samples[start + i] = ClearInvisible(batch.AsSpan(i * area, area));
        }
        return samples;
    }

    /// <summary>A copy without the colour of invisible pixels.</summary>
    public static Rgba32[] ClearInvisible(ReadOnlySpan<Rgba32> pixels)
    {
        Rgba32[] shown = pixels.ToArray();
        foreach (ref Rgba32 pixel in shown.AsSpan())
        {
            if (pixel.A == 0) pixel = default;
        }
        return shown;
    }
}
