using System.Collections.Generic;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Painting;

/// <summary>Painted sprites on disk: one PNG each, and <c>labels.csv</c> with label and factors.</summary>
public static class PaintedFolder
{
    /// <summary>Writes sprites into a folder, as <c>LABEL/NNNNN.png</c>.</summary>
    /// <returns>How many were written.</returns>
    /// <exception cref="UserError">
    /// The folder cannot be written, or holds files already: they would be read as sprites of this set.
    /// </exception>
    public static int Write(IEnumerable<PaintedSprite> sprites, string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new UserError($"'{folder}' is not empty. Choose another --out, or empty it first.");
        var rows = new List<string[]>();
        string[] columns = [];
        foreach (PaintedSprite sprite in sprites)
        {
            columns = ["file", "label", .. sprite.Factors.Select(factor => factor.Key)];
            string file = $"{sprite.Label}/{rows.Count:D5}.png";
            PictureWriter.SavePng(sprite.Picture, Path.Combine(folder, file));
            rows.Add([file, sprite.Label, .. sprite.Factors.Select(factor => factor.Value)]);
        }
        AtomicFile.WriteText(Path.Combine(folder, "labels.csv"), CsvTable.Write(columns, rows));
        return rows.Count;
    }
}

/// <summary>
/// A painted hero: its class, the factors it was made from (name and value, in the order of
/// <see cref="HeroPainter.FactorNames"/>) and its 32x32 picture.
/// </summary>
public sealed record PaintedSprite(string Label, IReadOnlyList<KeyValuePair<string, string>> Factors, Bitmap Picture);
