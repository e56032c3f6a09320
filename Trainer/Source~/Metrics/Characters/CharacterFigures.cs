using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Metrics;

/// <summary>Whether a model draws characters: one person in every pose.</summary>
/// <param name="Characters">How many sheets were generated, and how many real ones judged.</param>
/// <param name="PoseAccuracy">The share of generated frames that a classifier of poses takes for the pose asked for, 0..1; null
/// where the set is too small for one.</param>
/// <param name="RealPoseAccuracy">That of judged sprites.</param>
/// <param name="Identity">How well characters are distinguished and recognised: see <see cref="CharacterIdentity"/>.</param>
/// <param name="Reposed">Judged characters redrawn in other poses; null without an encoder.</param>
/// <param name="Copies">Whole sheets against those of the training; null where that is not known.</param>
public sealed record CharacterFigures(int Characters, double? PoseAccuracy, double? RealPoseAccuracy, CharacterIdentity? Identity,
    Reposing? Reposed, Novelty? Copies)
{
    // Enough to redraw.
    private const int MostSheets = 200;

    /// <summary>Measures; null for models without poses.</summary>
    internal static CharacterFigures? Evaluate(SpriteGenerator generator, EncoderBundle? encoder, SpriteSet judged,
        SpriteSet? training, SetJudge? judge, long seed)
    {
        VaeBundle bundle = generator.Bundle;
        if (bundle.Poses.Count == 0) return null;
        CharacterSheet[] real = CharacterSheet.FromSet(judged, bundle);
        CharacterSheet[] sheets = [.. Enumerable.Range(0, Math.Min(MostSheets, real.Length))
            .Select(i => CharacterSheet.Generate(generator, seed + i))];
        var (samples, asked) = Flatten(sheets);
        var (pose, realPose) = judge?.JudgePoses(samples, asked, bundle) ?? (null, null);
        return new CharacterFigures(sheets.Length, pose, realPose,
            training is null ? null : CharacterIdentity.Evaluate(sheets, real, training),
            encoder is null ? null : Reposing.Evaluate(encoder, generator, real),
            training is null ? null : CopiesOf(sheets, real, CharacterSheet.FromSet(training, bundle)));
    }

    private static (Rgba32[][] Samples, int[] Asked) Flatten(CharacterSheet[] sheets) =>
        ([.. sheets.SelectMany(sheet => sheet.Frames.OfType<Rgba32[]>())], [.. sheets.SelectMany(sheet => sheet.Labels)]);

    // Complete sheets alone can be compared as a whole.
    private static Novelty? CopiesOf(CharacterSheet[] sheets, CharacterSheet[] real, CharacterSheet[] training)
    {
        Rgba32[][] Whole(CharacterSheet[] all) =>
            [.. all.Where(sheet => sheet.Frames.All(frame => frame is not null))
                .Select(sheet => sheet.Frames.SelectMany(f => f!).ToArray())];
        Rgba32[][] heldOut = Whole(real), learnt = Whole(training);
        return heldOut.Length == 0 || learnt.Length == 0 ? null : Novelty.Evaluate(Whole(sheets), heldOut, learnt);
    }
}

/// <summary>One character in all poses.</summary>
/// <param name="Frames">By the bundle's labels, (H, W) pixels each; null where it lacks one.</param>
internal sealed record CharacterSheet(Rgba32[]?[] Frames)
{
    /// <summary>The labels of the frames it has.</summary>
    public int[] Labels => [.. Frames.Index().Where(frame => frame.Item is not null).Select(frame => frame.Index)];

    /// <summary>The characters of a set that has the bundle's labels, in order.</summary>
    public static CharacterSheet[] FromSet(SpriteSet set, VaeBundle bundle)
    {
        var sheets = new List<CharacterSheet>();
        foreach (var character in set.Sprites.GroupBy(sprite => sprite.Group, StringComparer.Ordinal))
        {
            var frames = new Rgba32[]?[bundle.Labels.Count];
            foreach (Sprite sprite in character)
            {
                if (sprite.Label >= 0) frames[sprite.Label] = sprite.Pixels;
            }
            sheets.Add(new CharacterSheet(frames));
        }
        return [.. sheets];
    }

    /// <summary>The character of a seed.</summary>
    public static CharacterSheet Generate(SpriteGenerator generator, long seed)
    {
        var latent = new float[generator.Bundle.LatentSize];
        generator.SampleLatent(seed, latent);
        return Decode(generator, latent);
    }

    /// <summary>The character of a latent.</summary>
    public static CharacterSheet Decode(SpriteGenerator generator, ReadOnlySpan<float> latent)
    {
        VaeBundle bundle = generator.Bundle;
        var sheet = new Rgba32[bundle.SheetWidth * bundle.SheetHeight];
        generator.DecodeSheet(latent, sheet);
        var frames = new Rgba32[]?[bundle.Labels.Count];
        foreach (SpritePose pose in bundle.Poses)
        {
            for (int frame = 0; frame < pose.Frames; frame++)
            {
                var pixels = new Rgba32[generator.PixelCount];
                for (int y = 0; y < bundle.Height; y++)
                    sheet.AsSpan((((pose.Row * bundle.Height) + y) * bundle.SheetWidth) + (frame * bundle.Width), bundle.Width)
                        .CopyTo(pixels.AsSpan(y * bundle.Width));
                frames[bundle.PoseLabel(pose.Name, frame)] = GeneratedSprites.ClearInvisible(pixels);
            }
        }
        return new CharacterSheet(frames);
    }
}
