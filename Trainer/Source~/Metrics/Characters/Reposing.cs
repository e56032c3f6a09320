using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Metrics;

/// <summary>Real characters that the encoder saw in one frame, or in all of them, drawn again in every pose.</summary>
/// <param name="Characters">How many.</param>
/// <param name="OtherPoses">From one frame: what comes back of the character's other frames.</param>
/// <param name="FromAll">From all of its frames: what comes back of them.</param>
/// <param name="Flicker">
/// From all: the share of pixels that a pose leaves alone from one of its frames to the next, and that the redrawn frames change,
/// 0..1; lower is better.
/// </param>
public sealed record Reposing(int Characters, Reconstruction OtherPoses, Reconstruction FromAll, double Flicker)
{
    // Frames of each character that are shown to the encoder alone.
    private const int Shown = 2;

    internal static Reposing Evaluate(EncoderBundle bundle, SpriteGenerator generator, CharacterSheet[] sheets)
    {
        using var encoder = new SpriteEncoder(bundle, new GeneratorOptions
        {
            BatchSize = 1,
            Threads = Environment.ProcessorCount
        });
        var (others, redrawn) = (new List<Rgba32[]>(), new List<Rgba32[]>());
        var (all, again) = (new List<Rgba32[]>(), new List<Rgba32[]>());
        var latent = new float[generator.Bundle.LatentSize];
        long still = 0, moved = 0;
        for (int i = 0; i < sheets.Length; i++)
        {
            CharacterSheet real = sheets[i];
            int[] labels = real.Labels;
            foreach (int shown in Enumerable.Range(0, Math.Min(Shown, labels.Length))
                .Select(k => labels[(i + (k * labels.Length / Shown)) % labels.Length]))
            {
                encoder.EncodeCharacter(real.Frames[shown], [shown], latent);
                CharacterSheet drawn = CharacterSheet.Decode(generator, latent);
                others.AddRange(labels.Where(label => label != shown).Select(label => real.Frames[label]!));
                redrawn.AddRange(labels.Where(label => label != shown).Select(label => drawn.Frames[label]!));
            }
            encoder.EncodeCharacter(labels.SelectMany(label => real.Frames[label]!).ToArray(), labels, latent);
            CharacterSheet whole = CharacterSheet.Decode(generator, latent);
            all.AddRange(labels.Select(label => real.Frames[label]!));
            again.AddRange(labels.Select(label => whole.Frames[label]!));
            Compare(generator.Bundle, real, whole, ref still, ref moved);
        }
        return new Reposing(sheets.Length,
            Reconstruction.Evaluate(others.Count > 0 ? others : all, redrawn.Count > 0 ? redrawn : again),
            Reconstruction.Evaluate(all, again), still == 0 ? 0 : (double)moved / still);
    }

    // Counts visible pixels that stay from frame to frame, and those of them that the redrawn frames change. Poses go round.
    private static void Compare(VaeBundle bundle, CharacterSheet real, CharacterSheet drawn, ref long still, ref long moved)
    {
        foreach (SpritePose pose in bundle.Poses)
        {
            for (int frame = 0; pose.Frames > 1 && frame < pose.Frames; frame++)
            {
                int from = bundle.PoseLabel(pose.Name, frame), to = bundle.PoseLabel(pose.Name, (frame + 1) % pose.Frames);
                if (real.Frames[from] is not { } before || real.Frames[to] is not { } after) continue;
                for (int p = 0; p < before.Length; p++)
                {
                    if (before[p].A < 128 || before[p] != after[p]) continue;
                    still++;
                    if (drawn.Frames[from]![p] != drawn.Frames[to]![p]) moved++;
                }
            }
        }
    }
}
