using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Training;

/// <summary>One picture of how a model stands: rows of held-out sprites, each above what the model makes of it, then samples.</summary>
internal static class Preview
{
    private const int Columns = 12, Pairs = 2, SampleRows = 3;

    /// <summary>Writes the picture.</summary>
    public static void Save(string path, ModelSpec spec, float[] weights, Dataset data, long seed)
    {
        EncoderBundle encoder = EncoderBundle.Load(BundleExport.Encoder(spec, weights, data), "preview");
        Prior prior = PriorFit.Fit(Posteriors.Of(encoder, data.Train), data.Train, new PriorSettings { MaxComponents = 1 }, seed);
        VaeBundle decoder = VaeBundle.Load(BundleExport.Decoder(spec, weights, data, prior, null, "", new Dictionary<string, string>()), "preview");
        using var sprites = new SpriteGenerator(decoder);

        var cells = new List<Bitmap>();
        Sprite[] shown = [.. data.HeldOut.Sprites.Take(Columns * Pairs)];
        Bitmap[] again = [.. Reconstructions.Of(encoder, sprites, data.HeldOut, shown)];
        Bitmap Cell(System.ReadOnlySpan<Rgba32> pixels) => new(spec.Width, spec.Height, pixels.ToArray());
        for (int row = 0; row < Pairs; row++)
        {
            cells.AddRange(shown.Skip(row * Columns).Take(Columns).Select(sprite => Cell(sprite.Pixels)));
            cells.AddRange(again.Skip(row * Columns).Take(Columns));
        }
        for (int i = 0; i < Columns * SampleRows; i++) cells.Add(Cell(sprites.Generate(i)));
        PngWriter.Save(ContactSheet.Compose(cells, Columns), path);
    }
}
