using System;
using System.IO;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Oddities;

/// <summary>48 heroes, a run of a few steps on them and its files, all made by the program; gone when disposed.</summary>
internal sealed class SmallRun : IDisposable
{
    /// <summary>A tiny model, for <c>train</c>.</summary>
    public static readonly string[] Tiny =
    [
        "--preset", "palette", "--set", "model.widths=[4,6,8]", "--set", "model.decoderWidths=[]", "--set", "model.hidden=0",
        "--set", "model.decoderHidden=0", "--set", "model.latent=4", "--set", "prior.kind=normal", "--set", "training.threads=1",
        "--set", "training.batch=8",
    ];

    private readonly SpriteBox _box = new();

    public SmallRun()
    {
        Sprites = _box.PaintHeroes(48).Folder;
        TrainerProgram.Run(["train", Sprites, "--out", Run, "--steps", "6", .. Tiny]).IsDone();
        TrainerProgram.Run("export", Run, "--out", Bundle, "--weights", "float32", "--grain", "0").IsDone();
    }

    public string Sprites { get; }

    public string Run => At("run");

    public string Bundle => At("heroes.vae");

    public string Encoder => At("heroes.encoder.vae");

    public string At(string name) => Path.Combine(_box.Root, name);

    /// <summary>A picture as another program writes it.</summary>
    public string Draw(string name, int seed = 1)
    {
        string path = At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var random = new Random(seed);
        var picture = new Bitmap(32, 32);
        foreach (ref Rgba32 pixel in picture.Pixels.AsSpan())
            pixel = new Rgba32((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
        File.WriteAllBytes(path, PictureWriter.EncodePng(picture));
        return path;
    }

    public void Dispose() => _box.Dispose();
}
