using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>
/// Strong changes of sprites that the networks receive as input (Karras et al. 2022, "non-leaking" augmentation): told that there
/// are none, they generate sprites as the set has them. A sprite is mirrored, moved by up to an eighth of its sides, and its hues
/// are turned, each with the same chance. What is moved out of the picture is cut off. For one thread; no managed memory is
/// allocated once all colours were seen.
/// </summary>
/// <param name="width">Columns of a sprite.</param>
/// <param name="height">Rows.</param>
/// <param name="chance">Of each change, 0..1.</param>
/// <param name="mirrors">Whether sprites are mirrored.</param>
/// <param name="palette">Turned colours become its nearest ones; null where any colour may be.</param>
internal sealed class ToldAugmentation(int width, int height, float chance, bool mirrors, ColourPalette? palette)
{
    /// <summary>Numbers a sprite: mirrored, moved right, moved down, cosine less 1 and sine of the angle of its hues.</summary>
    public const int Values = 5;

    private const int MoveShare = 8;
    private readonly HueTurns _hues = new(palette);

    /// <summary>Copies a sprite with its changes, and writes what they are: all zeros for none.</summary>
    /// <param name="sprite">H x W pixels.</param>
    /// <param name="changed">As many.</param>
    /// <param name="told"><see cref="Values"/> numbers.</param>
    /// <param name="random">Decides the changes.</param>
    public void Vary(ReadOnlySpan<Rgba32> sprite, Span<Rgba32> changed, Span<float> told, SplitMix random)
    {
        int farthestX = width / MoveShare, farthestY = height / MoveShare;
        bool flip = random.Unit() < chance && mirrors;
        (int dx, int dy) = random.Unit() < chance ? (Even(ref random, farthestX), Even(ref random, farthestY)) : (0, 0);
        int turn = random.Unit() < chance ? random.Below(HueTurns.Count) : 0;
        Placement.Copy(sprite, changed, width, flip, dx, dy);
        _hues.Turn(changed, turn);
        (float cosine, float sine) = HueTurns.Angle(turn);
        told[0] = flip ? 1f : 0f;
        (told[1], told[2]) = ((float)dx / farthestX, (float)dy / farthestY);
        (told[3], told[4]) = (cosine - 1f, sine);
    }

    private static int Even(ref SplitMix random, int farthest) => random.Below((2 * farthest) + 1) - farthest;
}

/// <summary>Colours with their hue turned in OKLab by multiples of 30 degrees; lightness and alpha stay.</summary>
internal sealed class HueTurns(ColourPalette? palette)
{
    /// <summary>How many turns there are; turn 0 changes nothing.</summary>
    public const int Count = 12;

    private const float Half = 0.5f, HalfRootOf3 = 0.8660254f;

    private readonly Dictionary<uint, Rgba32>[] _turned =
        [.. Enumerable.Range(0, Count).Select(_ => new Dictionary<uint, Rgba32>())];

    /// <summary>The cosine and the sine of a turn.</summary>
    public static (float Cosine, float Sine) Angle(int turn) => (Cosine(turn), Cosine(turn + 9));

    /// <summary>Turns the hues of pixels.</summary>
    public void Turn(Span<Rgba32> pixels, int turn)
    {
        if (turn == 0) return;
        foreach (ref Rgba32 pixel in pixels)
        {
            if (pixel.A == 0) continue;
            if (!_turned[turn].TryGetValue(pixel.Packed, out Rgba32 turned))
                _turned[turn].Add(pixel.Packed, turned = Turned(pixel, turn));
            pixel = turned;
        }
    }

    private Rgba32 Turned(Rgba32 pixel, int turn)
    {
        var (l, a, b) = Oklab.FromColour(pixel);
        var (cosine, sine) = Angle(turn);
        Rgba32 turned = new Oklab(l, (cosine * a) - (sine * b), (sine * a) + (cosine * b)).ToRgb();
        if (palette is not null) turned = palette.Palette[palette.IndexOf(turned)];
        return new Rgba32(turned.R, turned.G, turned.B, pixel.A);
    }

    private static float Cosine(int turn) => (turn % Count) switch
    {
        0 => 1f,
        1 or 11 => HalfRootOf3,
        2 or 10 => Half,
        3 or 9 => 0f,
        4 or 8 => -Half,
        5 or 7 => -HalfRootOf3,
        _ => -1f,
    };
}
