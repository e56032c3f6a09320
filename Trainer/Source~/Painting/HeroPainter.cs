using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Painting;

/// <summary>
/// Paints 32x32 heroes from known factors, with a palette of 31 colours: sample sprites of our own, and a data set whose factors
/// of variation are known. The same seed and index give the same pixels on every machine.
/// </summary>
public static class HeroPainter
{
    /// <summary>The colours by palette index; [0] is transparent, the others opaque.</summary>
    public static IReadOnlyList<Rgba32> Palette => HeroPalette.Colours;

    /// <summary>The names of the factors, in the order in which every sprite lists them.</summary>
    public static IReadOnlyList<string> FactorNames => HeroFactors.Names;

    /// <summary>The values each factor can take, over all classes.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> FactorValues { get; } = HeroFactors.AllValues();

    /// <summary>The classes, which are the labels.</summary>
    public static IReadOnlyList<string> Labels { get; } = [.. HeroClass.All.Select(c => c.Label)];

    /// <summary>How many sets of factors there are; some of them look alike (what a helmet hides cannot be seen).</summary>
    public static long Combinations => HeroFactors.Combinations;

    /// <summary>Hero number <paramref name="index"/> of <paramref name="seed"/>; the same arguments give the same hero.</summary>
    public static PaintedSprite Paint(long seed, int index)
    {
        var random = new Sampler(seed, index);
        var hero = HeroClass.All[(int)random.Below(HeroClass.All.Count, 0)];
        var factors = HeroFactors.Draw(hero, random);
        return new PaintedSprite(hero.Label, factors, Figure.Paint(hero, new Dictionary<string, string>(factors)));
    }

    /// <summary>The first <paramref name="count"/> heroes of <paramref name="seed"/>, no two pictures equal.</summary>
    /// <exception cref="UserError">There are not that many heroes.</exception>
    public static IEnumerable<PaintedSprite> PaintDistinct(int count, long seed) =>
        CheckCount(count, Distinct(count, seed, Paint));

    /// <summary>The poses of <see cref="PaintSheet"/>, from the top.</summary>
    public static IReadOnlyList<string> Poses { get; } = ["down", "up"];

    /// <summary>Frames of each pose.</summary>
    public const int Frames = WalkingFigure.Frames;

    /// <summary>The same hero as a sheet: a row of frames for each of the <see cref="Poses"/>.</summary>
    public static PaintedSprite PaintSheet(long seed, int index)
    {
        PaintedSprite hero = Paint(seed, index);
        HeroClass of = HeroClass.All.First(one => one.Label == hero.Label);
        var factors = new Dictionary<string, string>(hero.Factors);
        var sheet = new Bitmap(Frames * Canvas.Size, Poses.Count * Canvas.Size);
        for (int pose = 0; pose < Poses.Count; pose++)
        {
            for (int frame = 0; frame < Frames; frame++)
                sheet.Blit(WalkingFigure.Paint(of, factors, away: pose == 1, frame), frame * Canvas.Size, pose * Canvas.Size);
        }
        return hero with { Picture = sheet };
    }

    /// <summary>The first <paramref name="count"/> such sheets of <paramref name="seed"/>, no two heroes equal.</summary>
    /// <exception cref="UserError">There are not that many heroes.</exception>
    public static IEnumerable<PaintedSprite> PaintDistinctSheets(int count, long seed) =>
        CheckCount(count, Distinct(count, seed, PaintSheet));

    private static IEnumerable<PaintedSprite> CheckCount(int count, IEnumerable<PaintedSprite> heroes) =>
        count >= 0 && count <= Combinations ? heroes : throw new UserError(
            $"cannot paint {count} different heroes: there are {Combinations}; choose a --count up to that.");

    private static IEnumerable<PaintedSprite> Distinct(int count, long seed, Func<long, int, PaintedSprite> paint)
    {
        var seen = new HashSet<UInt128>();
        for (int index = 0; seen.Count < count; index++)
        {
            if (index == int.MaxValue)
                throw new UserError($"seed {seed} has only {seen.Count} different heroes, not {count}; lower --count.");
            var sprite = paint(seed, index);
            if (seen.Add(Fingerprint(sprite))) yield return sprite;
        }
    }

    // Half a SHA-256 instead of the pixels: 16 bytes a sprite, and a collision is out of the question.
    private static UInt128 Fingerprint(PaintedSprite sprite)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(MemoryMarshal.AsBytes<Rgba32>(sprite.Picture.Pixels), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }
}
