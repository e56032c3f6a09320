using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// <c>encode heroes.encoder.vae DIR --out features</c>: each sprite as a few numbers, for search, sorting and other programs.
/// </summary>
internal static class EncodeCommand
{
    public static Command Create()
    {
        var encoder = BundlePair.Argument();
        var sprites = CommonOptions.Sprites();
        var output = new OutputOption("--out",
            "features.npy and features.csv are written for 'features' (or for either of these names)")
        {
            Required = true,
            Outputs = (_, path) => [new OutputFile(Name(path) + ".npy"), new OutputFile(Name(path) + ".csv")],
        };
        var variances = Flag.Create("--variances", "the posterior's log-variances too, in as many columns again");
        var data = new DataOptions();
        var command = new Command("encode", "write the latents of sprites as .npy and .csv")
        {
            encoder, sprites, output, variances,
        };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            EncoderBundle model = BundlePair.LoadEncoder(parsed.GetValue(encoder)!);
            SpriteSet set = BundleSprites.ReadAll(model, data.Read(parsed, parsed.GetValue(sprites)!));
            Posteriors posteriors = Posteriors.Encode(model, set);
            string name = Name(parsed.GetValue(output)!);
            bool both = parsed.GetValue(variances);
            int z = posteriors.LatentSize, columns = both ? 2 * z : z;
            float[] values = [.. Enumerable.Range(0, posteriors.Count).SelectMany(i =>
                (float[])[.. posteriors.Mu.AsSpan(i * z, z), .. both ? posteriors.LogVar.AsSpan(i * z, z) : []])];
            NpyFile.Save(name + ".npy", values, columns);
            AtomicFile.WriteText(name + ".csv", Table(set, values, z, columns));
            Console.WriteLine($"{posteriors.Count} sprites x {columns} numbers in {name}.npy and, with their files, in "
                + $"{name}.csv");
            return 0;
        });
        return command;
    }

    private static string Name(string path) =>
        Path.GetExtension(path) is ".npy" or ".csv" ? Path.ChangeExtension(path, null) : path;

    private static string Table(SpriteSet set, float[] values, int z, int columns)
    {
        bool labelled = set.Labels.Count > 0;
        string[] header =
        [
            "file", .. labelled ? new[] { "label" } : [],
            .. Enumerable.Range(0, columns).Select(i => $"{(i < z ? "z" : "logVar")}{i % z}"),
        ];
        return CsvTable.Write(header, set.Sprites.Select((sprite, row) => (string[])
        [
            sprite.Path, .. labelled ? new[] { sprite.Label < 0 ? "" : set.Labels[sprite.Label] } : [],
            .. values.Skip(row * columns).Take(columns).Select(value => value.ToString("R", CultureInfo.InvariantCulture)),
        ]));
    }
}
