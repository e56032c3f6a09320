using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Oddities;

/// <summary>Random blobs with an outline, as the oddities beside the repository are painted, from a seed that is
/// printed.</summary>
internal sealed class OddArt
{
    public static readonly Rgba32 Outline = new(20, 16, 30);

    private static readonly Rgba32[] Colours =
        [new(70, 90, 200), new(90, 60, 40), new(150, 80, 170), new(230, 200, 80), new(60, 160, 80), new(200, 60, 60)];

    public OddArt()
    {
        int seed = Environment.TickCount ^ TestContext.CurrentContext.Test.ID.GetHashCode(StringComparison.Ordinal);
        TestContext.Out.WriteLine($"seed {seed}");
        Random = new Random(seed);
    }

    public Random Random { get; }

    /// <summary>A symmetric blob on a square canvas, with a margin of one pixel.</summary>
    public Bitmap Blob(int side = 16)
    {
        var blob = new Bitmap(side, side);
        Rgba32 one = Pick(), other = Pick();
        int centre = side / 2;
        for (int part = 0; part < 4; part++)
        {
            int x = Random.Next(2, centre), y = Random.Next(2, side - 2),
                rx = Random.Next(2, centre), ry = Random.Next(2, centre);
            for (int py = Math.Max(2, y - ry); py <= Math.Min(side - 3, y + ry); py++)
            {
                for (int px = Math.Max(2, x - rx); px < centre; px++)
                    blob[px, py] = blob[side - 1 - px, py] = (px * 7 + py * 3 + part) % 5 == 0 ? other : one;
            }
        }
        // An eye that belongs to this one alone.
        blob[centre - 2, centre] = new Rgba32((byte)Random.Next(256), (byte)Random.Next(256), (byte)Random.Next(256));
        var outlined = blob.Crop(0, 0, side, side);
        for (int y = 1; y < side - 1; y++)
        {
            for (int x = 1; x < side - 1; x++)
            {
                if (blob[x, y].A == 0 && (blob[x - 1, y].A | blob[x + 1, y].A | blob[x, y - 1].A | blob[x, y + 1].A) != 0)
                    outlined[x, y] = Outline;
            }
        }
        return outlined;
    }

    public Bitmap[] Blobs(int count, int side = 16) => [.. Enumerable.Range(0, count).Select(_ => Blob(side))];

    public Rgba32 Pick() => Colours[Random.Next(Colours.Length)];

    /// <summary>A folder of pictures as another program writes them: 00000.png, ...</summary>
    public static void Save(IEnumerable<Bitmap> pictures, string folder, string start = "")
    {
        Directory.CreateDirectory(folder);
        int i = 0;
        foreach (Bitmap picture in pictures)
            File.WriteAllBytes(Path.Combine(folder, $"{start}{i++:d5}.png"), PictureWriter.EncodePng(picture));
    }

    /// <summary>A sheet of cells in rows.</summary>
    public static Bitmap Sheet(IReadOnlyList<Bitmap> cells, int columns, int left, int top, int spacing)
    {
        int side = cells[0].Width, rows = (cells.Count + columns - 1) / columns;
        var sheet = new Bitmap(left + (columns * (side + spacing)) - spacing, top + (rows * (side + spacing)) - spacing);
        for (int i = 0; i < cells.Count; i++)
            sheet.Blit(cells[i], left + (i % columns * (side + spacing)), top + (i / columns * (side + spacing)));
        return sheet;
    }

    /// <summary>The folder of a case beside the repository; ends the test as ignored where it is absent.</summary>
    public static string Case(string name)
    {
        string path = Path.Combine(VaeContent.Tests.Trainer.Data.SharedData.Root, "oddities", name);
        if (!Directory.Exists(path)) Assert.Ignore($"needs '{path}', which this machine does not have");
        return path;
    }
}
