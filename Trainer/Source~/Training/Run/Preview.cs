using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>
/// One picture of how a model stands: rows of held-out sprites, each above what the model redraws, then samples.
/// </summary>
/// <param name="Redrawn">The first held-out sprites of the set, redrawn by the model, at most <see cref="Columns"/>.</param>
/// <param name="Samples">Generated sprites, <see cref="Columns"/> of them, of the seeds from 0 on.</param>
internal sealed record Preview(IReadOnlyList<Bitmap> Redrawn, IReadOnlyList<Bitmap> Samples)
{
    /// <summary>Sprites in a row.</summary>
    public const int Columns = 12;

    private const int Pairs = 2, SampleRows = 3, Scale = 2, Gap = 2;

    // A preview's prior needs no more: encoding all of a large set would take longer than a step of training by far.
    private const int PriorSprites = 512;

    /// <summary>Writes the picture, and beside it, as <c>.strip</c>, the sprites that <see cref="Load"/> reads.</summary>
    public static void Save(string path, VaeModel model, Dataset data, long seed)
    {
        ModelSpec spec = model.Spec;
        EncoderBundle encoder = EncoderBundle.Load(BundleExport.Encoder(model, data), "preview");
        SpriteSet some = data.Shown.Some(PriorSprites);
        var (shownOnce, known) = CharacterPosteriors.FromSprites(Posteriors.Encode(encoder, some), some);
        Prior prior = PriorFit.Fit(known, shownOnce, new PriorSettings { MaxComponents = 1 }, seed, [.. data.Shown.LabelCounts]);
        VaeBundle decoder = VaeBundle.Load(BundleExport.Decoder(model, data, prior), "preview");
        using var sprites = new SpriteGenerator(decoder);

        var cells = new List<Bitmap>();
        Sprite[] shown = [.. data.HeldOut.Sprites.Take(Columns * Pairs)];
        Bitmap[] again = [.. Reconstructions.Decode(encoder, sprites, data.HeldOut, shown)];
        Bitmap Cell(ReadOnlySpan<Rgba32> pixels) => new(spec.Width, spec.Height, pixels.ToArray());
        void AddRow(IEnumerable<Bitmap> row)
        {
            cells.AddRange(row.Take(Columns));
            while (cells.Count % Columns > 0) cells.Add(new Bitmap(spec.Width, spec.Height));
        }
        for (int first = 0; first < shown.Length; first += Columns)
        {
            AddRow(shown.Skip(first).Select(sprite => Cell(sprite.Pixels)));
            AddRow(again.Skip(first));
        }
        for (int i = 0; i < Columns * SampleRows; i++) cells.Add(Cell(sprites.Generate(i)));
        var strip = new Bitmap(Columns * spec.Width, 2 * spec.Height);
        for (int i = 0; i < Columns; i++)
        {
            strip.Blit(cells[Columns + i], i * spec.Width, 0);
            strip.Blit(cells[^((Columns * SampleRows) - i)], i * spec.Width, spec.Height);
        }
        PictureWriter.SavePng(strip, Strip(path));
        PictureWriter.SavePng(ContactSheet.Compose(cells, Columns, Scale, Gap), path);
    }

    /// <summary>
    /// The sprites that were saved with the picture at <paramref name="path"/>; null if there are none of this size.
    /// </summary>
    /// <exception cref="UserError">They cannot be read.</exception>
    public static Preview? Load(string path, int width, int height)
    {
        if (!File.Exists(Strip(path))) return null;
        Bitmap strip = PictureReader.Load(Strip(path))[0];
        if ((strip.Width, strip.Height) != (Columns * width, 2 * height)) return null;
        Bitmap[] Row(int row) => [.. Enumerable.Range(0, Columns)
            .Select(i => strip.Crop(i * width, row * height, width, height))];
        return new Preview(Row(0), Row(1));
    }

    // (2 H, Columns W) pixels: the first held-out sprites as redrawn, below them the samples of the seeds from 0 on.
    private static string Strip(string path) => Path.ChangeExtension(path, ".strip");
}
