using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using TorchSharp;
using VaeContent.Trainer.Cli;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Model.Losses;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Metrics;

[NonParallelizable]
public sealed class EncoderProductTests
{
    [Test]
    public void NpyIsAsNumpyWritesIt()
    {
        byte[] file = NpyFile.Bytes([1, 2, 3, 4, 5, 6], columns: 3);
        Assert.That(file.AsSpan(0, 10).ToArray(), Is.EqualTo(new byte[] { 0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0 }));
        string header = Encoding.ASCII.GetString(file, 10, 118);
        Assert.That(header.TrimEnd(' ', '\n'), Is.EqualTo("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"));
        Assert.That(header, Does.EndWith("\n"));
        Assert.That(Enumerable.Range(0, 6).Select(i => BitConverter.ToSingle(file, 128 + (4 * i))),
            Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6 }));
    }

    [Test]
    public void EncodeWritesARowPerFileAndCopiesToo()
    {
        using var run = new UntrainedRun();
        string encoder = Save(run), output = Path.Combine(run.Root, ".features");
        File.Copy(Path.Combine(run.Root, "beast", "000.png"), Path.Combine(run.Root, "beast", "copy.png"));
        Assert.That(CommandLine.Run(["encode", encoder, run.Root, "--out", output]), Is.Zero);
        string[][] rows = [.. File.ReadAllLines(output + ".csv").Select(line => line.Split(','))];
        Assert.That(rows[0], Is.EqualTo(new[] { "file", "label", "z0", "z1", "z2", "z3" }));
        Assert.That(rows, Has.Length.EqualTo(1 + 61));
        byte[] npy = File.ReadAllBytes(output + ".npy");
        Assert.That(npy, Has.Length.EqualTo(128 + (61 * 4 * 4)));
        Assert.That(rows.Skip(1).SelectMany(row => row.Skip(2)).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)),
            Is.EqualTo(Enumerable.Range(0, 61 * 4).Select(i => BitConverter.ToSingle(npy, 128 + (4 * i)))));
        Assert.That(rows.Single(row => row[0] == "beast/copy.png").Skip(2),
            Is.EqualTo(rows.Single(row => row[0] == "beast/000.png").Skip(2)));
    }

    [Test]
    public void DenoiseWritesReconstructionsUnderTheSpritesNames()
    {
        using var run = new UntrainedRun();
        string encoder = Save(run), output = Path.Combine(run.Root, ".clean");
        Assert.That(CommandLine.Run(["denoise", encoder, run.Root, "--out", output]), Is.Zero);
        SpriteSet all = run.Model.Data.All;
        using var generator = new SpriteGenerator(run.Decoder);
        Bitmap[] expected = [.. Reconstructions.Decode(run.Encoder, generator, all, all.Sprites)];
        for (int i = 0; i < expected.Length; i++)
            Assert.That(PictureReader.Load(Path.Combine(output, all.Sprites[i].Path))[0].Pixels, Is.EqualTo(expected[i].Pixels),
                all.Sprites[i].Path);
    }

    [Test]
    public void AnEncoderOfAnotherTrainingIsRefused()
    {
        using var run = new UntrainedRun();
        string encoder = Save(run);
        using (var other = new VaeModel(run.Model.Vae.Spec, seed: 77))
            File.WriteAllBytes(encoder, BundleExport.Encoder(other, run.Model.Data));
        string decoder = encoder.Replace(".encoder.vae", ".vae", StringComparison.Ordinal);
        string map = Path.Combine(run.Root, ".map.svg");
        foreach (string[] verb in (string[][])[["evaluate", decoder, "--against", run.Root],
            ["denoise", encoder, run.Root, "--out", map],
            ["latents", decoder, "--against", run.Root, "--scatter", map],
            ["morph", decoder, "--from", Path.Combine(run.Root, "beast", "000.png"), "--to", "1", "--out", map + ".gif"]])
        {
            TextWriter console = Console.Error;
            using var errors = new StringWriter();
            Console.SetError(errors);
            try
            {
                Assert.That(CommandLine.Run(verb), Is.Not.Zero, verb[0]);
            }
            finally
            {
                Console.SetError(console);
            }
            Assert.That(errors.ToString().TrimEnd(),
                Does.Contain("'.model.encoder.vae' belongs to another training than '.model.vae'").And.Not.Contain("\n"),
                verb[0]);
        }
        Assert.That(File.Exists(map) || File.Exists(map + ".gif"), Is.False);
    }

    [TestCase("beast/000.png", null, null, "beast/000.png")]
    [TestCase("walk.gif", 3, null, "walk-3.png")]
    [TestCase("a/sheet.png", null, 12, "a/sheet-12.png")]
    [TestCase("walk.gif", 3, 12, "walk-3-12.png")]
    public void EveryPictureGetsAFileOfItsOwn(string file, int? frame, int? cell, string own) =>
        Assert.That(DenoiseCommand.FileOf(new PicturePath(file, frame, cell)), Is.EqualTo(own));

    [Test]
    public void ScoresAreTheTrainingLossOfTheSprite()
    {
        using var run = new UntrainedRun(conditional: true);
        using var scorer = new ElboScorer(run.Model, draws: 3);
        Sprite[] sprites = [.. run.Model.Data.All.Sprites.Take(4)];
        double[] one = [.. sprites.Select(sprite => scorer.Score(sprite.Pixels, sprite.Label))];
        Assert.That(one, Has.All.Matches<double>(double.IsFinite).And.All.GreaterThan(0));
        Assert.That(sprites.Select(sprite => scorer.Score(sprite.Pixels, sprite.Label)), Is.EqualTo(one),
            "the same in every run");
        Assert.That(sprites.Select(sprite => scorer.Score(sprite.Pixels, -1)),
            Is.EqualTo(sprites.Select(sprite => Math.Min(scorer.Score(sprite.Pixels, 0), scorer.Score(sprite.Pixels, 1)))),
            "no label: the one that suits best");

        // The batch's loss, per sprite, is the mean of the sprites' own, at the same noise.
        VaeModel model = run.Model.Vae;
        using var batch = new TrainingBatch(model.Spec, sprites.Length);
        var batches = new BatchSource(new SpriteSet(8, 8, sprites, run.Model.Data.All.Labels), sprites.Length, 1, default,
            run.Model.Data.Palette);
        batches.Next(TrainingBatch.Memory<byte>(batch.Sprites), TrainingBatch.Memory<byte>(batch.Indices),
            TrainingBatch.Memory<float>(batch.Label));
        var elbo = new Elbo(model.Spec, new TrainingSettings(), null, null);
        double sum = 0;
        for (int draw = 0; draw < 3; draw++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            var normals = new Sampler(draw, stream: 1 << 22);
            Span<float> noise = TrainingBatch.Memory<float>(batch.Noise);
            for (int i = 0; i < noise.Length; i++) noise[i] = normals.Normal(i % run.Decoder.LatentSize);
            ElboTerms losses = elbo.Evaluate(model, batch, beta: 1f, capacity: 0f);
            sum += (losses.ReconstructionSum.item<float>() + losses.Kl.sum().item<float>()) / (3.0 * sprites.Length);
        }
        Assert.That(one.Average(), Is.EqualTo(sum).Within(1e-3 * sum));
    }

    private static string Save(UntrainedRun run)
    {
        Shipment shipment = run.Model.Export();
        string path = Path.Combine(run.Root, ".model.encoder.vae");
        File.WriteAllBytes(path, shipment.Encoder);
        File.WriteAllBytes(Path.Combine(run.Root, ".model.vae"), shipment.Decoder(WeightPrecision.Float32));
        return path;
    }
}
