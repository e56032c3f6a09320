using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Metrics;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Reports;

public class PreviewTests
{
    [Test]
    public void TheSpritesOfAPreviewAreReadAgain()
    {
        using var run = new UntrainedRun();
        Dataset data = run.Model.Data;
        var folder = new RunFolder(Path.Combine(run.Root, ".run"));
        Preview.Save(folder.PreviewPath(7), run.Model.Vae, data, seed: 1);
        Assert.That(folder.Previews, Is.EqualTo(new[] { (7L, folder.PreviewPath(7)) }));

        Preview cut = Preview.Load(folder.PreviewPath(7), 8, 8)!;
        using var decoder = new SpriteGenerator(run.Decoder);
        Sprite[] shown = [.. data.HeldOut.Sprites.Take(Preview.Columns)];
        Bitmap[] redrawn = [.. Reconstructions.Decode(run.Encoder, decoder, data.HeldOut, shown)];
        Assert.That(cut.Samples, Has.Count.EqualTo(Preview.Columns));
        for (int i = 0; i < shown.Length; i++)
        {
            Assert.That(cut.Redrawn[i].Pixels, Is.EqualTo(redrawn[i].Pixels), $"sprite {i}");
        }
        Assert.That(Preview.Load(folder.PreviewPath(7), 8, 16), Is.Null, "sprites of another size");
    }
}
