using System;
using System.IO;
using NUnit.Framework;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Painting;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Data;

/// <summary>A temporary folder of small painted sprites, gone when disposed.</summary>
internal sealed class SpriteBox : IDisposable
{
    private int _painted;

    public string Root { get; } = Directory.CreateTempSubdirectory("vaecontent-").FullName;

    /// <summary>Writes a sprite that no other call has written: a filled box with a margin of 2, one pixel marked.</summary>
    public SpriteBox Paint(string path, int width = 16, int height = 16)
    {
        var bitmap = new Bitmap(width, height);
        for (int y = 2; y < height - 2; y++)
        {
            for (int x = 2; x < width - 2; x++) bitmap[x, y] = new Rgba32(40, 80, 120);
        }
        bitmap[width / 2, height / 2] = new Rgba32(200, (byte)(_painted / 250), (byte)(_painted % 250));
        _painted++;
        return Save(path, bitmap);
    }

    public SpriteBox PaintMany(string folder, int count, int width = 16, int height = 16)
    {
        for (int i = 0; i < count; i++) Paint($"{folder}/{i:d5}.png", width, height);
        return this;
    }

    /// <summary>Distinct heroes, one folder a class, and how to read them.</summary>
    public DataSettings PaintHeroes(int count)
    {
        int i = 0;
        foreach (PaintedSprite sprite in HeroPainter.PaintDistinct(count, seed: 1))
            Save($"heroes/{sprite.Label}/{i++:D3}.png", sprite.Picture);
        return new DataSettings { Folder = Path.Combine(Root, "heroes") };
    }

    public SpriteBox Save(string path, Bitmap bitmap)
    {
        PictureWriter.SavePng(bitmap, Path.Combine(Root, path));
        return this;
    }

    public SpriteBox Write(string path, string text)
    {
        string file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    public SpriteSet Load(SpriteFolderOptions? options = null) => SpriteFolder.Load(Root, options);

    /// <summary>The one-line message that loading fails with.</summary>
    public string Failure(SpriteFolderOptions? options = null)
    {
        string message = Assert.Throws<VaeContent.Trainer.UserError>(() => Load(options)).Message;
        Assert.That(message, Does.Not.Contain("\n"));
        return message;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
