using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Oddities;

/// <summary>Half-transparent colours go all the way: palette, training, export, decoding.</summary>
public sealed class ShadowTests
{
    [Test]
    public void AShadowComesThroughTrainingAndExport()
    {
        var shadow = new Rgba32(0, 0, 0, 96);
        var art = new OddArt();
        Bitmap[] blobs = art.Blobs(40);
        foreach (Bitmap blob in blobs)
        {
            for (int x = 4; x < 12; x++) blob[x, 15] = shadow;
        }
        // Ghosts, without a pixel of alpha 128 or more, are sprites too.
        for (int i = 0; i < 4; i++)
            blobs[i] = new Bitmap(16, 16, Array.ConvertAll(blobs[i].Pixels, pixel => pixel.A == 0 ? pixel
                : new Rgba32(pixel.R, pixel.G, pixel.B, shadow.A)));
        using var box = new SpriteBox();
        OddArt.Save(blobs, box.Root);
        var reading = new DataSettings { Folder = box.Root };
        Dataset data = Dataset.Load(reading);
        Assert.That(data.All.Sprites, Has.Count.EqualTo(40), "none is blank");

        RunConfig start = Presets.ForDataset("auto", data);
        Assert.That(start.Model.Likelihood, Is.EqualTo(Likelihood.Palette));
        RunConfig config = start with
        {
            Data = reading,
            Model = start.Model with { Widths = [8, 12, 16], DecoderWidths = [], Hidden = 0, DecoderHidden = 0, Latent = 6 },
            Training = start.Training with { Steps = 600, Batch = 16, Threads = 1, LearningRate = 0.01f, AverageDecay = 0.9f },
            Prior = new PriorSettings { Kind = "normal" },
        };
        var folder = new RunFolder(System.IO.Path.Combine(box.Root, ".run"));
        using (var loop = new TrainingLoop(config, data, folder, _ => { })) loop.Run(resume: false, default);
        Shipment shipped = TrainedModel.Load(folder, config, data).Export();
        VaeBundle bundle = VaeBundle.Load(shipped.Decoder(WeightPrecision.Float32), "shadow.vae");
        Assert.That(bundle.Palette!.Colours.ToArray(), Has.Member(shadow));

        using var decoder = new SpriteGenerator(bundle);
        Sprite[] shown = [.. data.Train.Sprites.Where(sprite => sprite.Pixels.Any(pixel => pixel.A == 255))];
        Bitmap[] redrawn = [.. Reconstructions.Decode(EncoderBundle.Load(shipped.Encoder, "shadow.encoder.vae"), decoder,
            data.Train, shown)];
        int places = 8 * shown.Length, kept = redrawn.Sum(bitmap => Enumerable.Range(4, 8).Count(x => bitmap[x, 15] == shadow));
        TestContext.Out.WriteLine($"{kept} of {places} shadow pixels are drawn");
        Assert.That(kept, Is.GreaterThan(0.75 * places));
    }
}
