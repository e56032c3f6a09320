using System;
using System.Collections.Generic;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Data;

/// <summary>Sheets of characters whose pixels say which character, pose and frame they show.</summary>
internal static class CharacterBox
{
    public const int Side = 8;

    public static readonly string[] Poses = ["up", "down"];

    public static SpriteFolderOptions Rows(int frames, bool transposed = false) => new()
    {
        Poses = Poses,
        Frames = [frames],
        Size = (Side, Side),
        Transposed = transposed,
    };

    /// <summary>A frame with a margin of 1: its colour says what it is.</summary>
    public static Bitmap Frame(int character, int pose, int frame)
    {
        var bitmap = new Bitmap(Side, Side);
        for (int y = 1; y < Side - 1; y++)
        {
            for (int x = 2; x < Side - 1; x++) bitmap[x, y] = Colour(character, pose, frame);
        }
        bitmap[2, 1] = new Rgba32(250, 250, 250); // tells left from right and top from bottom
        return bitmap;
    }

    public static Rgba32 Colour(int character, int pose, int frame) =>
        new((byte)(10 + character), (byte)(10 + (40 * pose)), (byte)(10 + (20 * frame)));

    /// <summary>The sheet of a character, poses as rows; some frames may be left blank.</summary>
    public static Bitmap Sheet(int character, int poses = 2, int frames = 3, bool transposed = false,
        Func<int, int, bool>? isBlank = null)
    {
        var sheet = new Bitmap((transposed ? poses : frames) * Side, (transposed ? frames : poses) * Side);
        for (int pose = 0; pose < poses; pose++)
        {
            for (int frame = 0; frame < frames; frame++)
            {
                if (isBlank?.Invoke(pose, frame) == true) continue;
                sheet.Blit(Frame(character, pose, frame), (transposed ? pose : frame) * Side, (transposed ? frame : pose) * Side);
            }
        }
        return sheet;
    }

    /// <summary>Sheets of this many characters, as <c>00.png</c> and on.</summary>
    public static SpriteBox PaintSheets(this SpriteBox box, int characters, bool transposed = false)
    {
        for (int i = 0; i < characters; i++) box.Save($"{i:D2}.png", Sheet(i, transposed: transposed));
        return box;
    }

    /// <summary>What each sprite of a set shows, by its colour.</summary>
    public static IEnumerable<(Rgba32 Colour, string Character, string Label)> Shown(this SpriteSet set)
    {
        foreach (Sprite sprite in set.Sprites)
            yield return (sprite.Pixels[(4 * Side) + 4], sprite.Group, set.Labels[sprite.Label]);
    }
}
