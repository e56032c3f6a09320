using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Commands;

/// <summary>
/// <c>sample heroes.vae --seed 7 --count 64 --out sheet.png</c>: a sheet of generated sprites, or each as a file.
/// </summary>
internal static class SampleCommand
{
    public static Command Create()
    {
        var bundle = CommonOptions.Bundle();
        var seed = CommonOptions.Seed();
        var count = new Option<int>("--count")
        {
            Description = "how many sprites; seeds count up from --seed",
            DefaultValueFactory = _ => 64
        };
        var label = new Option<string?>("--label") { Description = "only sprites of this label" };
        var temperature = new Option<float>("--temperature")
        {
            Description =
            "0 is the most typical sprite, 1 as varied as the set",
            DefaultValueFactory = _ => 1f
        };
        var truncation = new Option<float>("--truncation")
        {
            Description =
            "leave out what lies farther from the middle than this, 0.1 to 8 standard deviations; 0 leaves nothing out"
        };
        var near = new Option<string?>("--near")
        {
            Description =
            "relatives of this sprite: a .png file (drawn from its posterior), an exemplar, or a seed"
        };
        var spread = new Option<float>("--spread")
        {
            Description =
            "how far relatives may be: of a file in posterior widths, 1 the same sprite to the model; of others 0 to 1, 1 "
            + "unrelated",
            DefaultValueFactory = _ => 0.5f
        };
        var add = new Option<string[]>("--add")
        {
            Description =
            "attributes to add, as the bundle names them: hat, or headgear=hat",
            AllowMultipleArgumentsPerToken = true
        };
        var remove = new Option<string[]>("--remove")
        {
            Description = "attributes to take away",
            AllowMultipleArgumentsPerToken = true
        };
        var strength = new Option<float>("--strength")
        {
            Description =
            "how much of them: 1 is from the mean without to the mean with",
            DefaultValueFactory = _ => 1f
        };
        var threads = new Option<int>("--threads")
        {
            Description = "CPU threads; the pixels do not depend on it",
            DefaultValueFactory = _ => 1
        };
        var scale = new Option<int>("--scale")
        {
            Description = "pixels of the sheet per pixel of a sprite",
            DefaultValueFactory = _ => 3
        };
        var encoder = new Option<string?>("--encoder")
        {
            Description =
            "for --near FILE.png; looked for beside the .vae if not given"
        };
        var output = new Option<string?>("--out")
        {
            Description =
            "the PNG sheet to write; with --add or --remove, rows before and after by turns"
        };
        var each = new Option<string?>("--each") { Description = "a folder to write every sprite to, as SEED.png" };
        var command = new Command("sample", "generate sprites from seeds")
        {
            bundle, seed, count, label, temperature, truncation, near, spread, add, remove, strength, threads, scale, encoder,
                output, each,
        };
        command.SetAction(parsed =>
        {
            string? sheet = parsed.GetValue(output), folder = parsed.GetValue(each);
            if (sheet is null == (folder is null)) throw new UserError(
                "sample writes a sheet (--out sheet.png) or single files (--each DIR): give one of them.");
            int n = parsed.GetValue(count);
            if (n is < 1 or > 100_000) throw new UserError($"--count {n}: expected 1 to 100000.");
            string path = parsed.GetValue(bundle)!;
            VaeBundle model = VaeBundle.Load(path);
            AttributeChange? change = AttributeChange.Of(model, parsed.GetValue(add) ?? [], parsed.GetValue(remove) ?? [],
                parsed.GetValue(strength));
            var request = new SampleRequest(parsed.GetValue(seed), n)
            {
                Label = parsed.GetValue(label),
                Temperature = parsed.GetValue(temperature),
                Truncation = parsed.GetValue(truncation),
                Near = parsed.GetValue(near),
                Spread = parsed.GetValue(spread),
                EncoderPath = parsed.GetValue(encoder) ?? CommonOptions.EncoderBeside(path),
                Threads = parsed.GetValue(threads),
            };
            Bitmap[] sprites = request.Draw(model, change);
            if (sheet is not null && change is null) SaveSheet(sprites, sheet, parsed.GetValue(scale));
            else if (sheet is not null) SaveSheet(ByTurns(request.Draw(model, null), sprites, Columns(2 * n)), sheet,
                parsed.GetValue(scale), Columns(2 * n));
            for (int i = 0; folder is not null && i < n; i++)
                PictureWriter.SavePng(sprites[i], Path.Combine(folder, $"{parsed.GetValue(seed) + i}.png"));
            string changed = change is null ? ""
                : $", {change.Description}{(sheet is null ? "" : " (rows before and after by turns)")}";
            Console.WriteLine($"{n} sprites in {sheet ?? folder}{changed}");
            return 0;
        });
        return command;
    }

    /// <summary>The sprites of consecutive seeds.</summary>
    /// <exception cref="UserError">The label is not one of the bundle's.</exception>
    public static Bitmap[] Generate(VaeBundle bundle, long firstSeed, int count, string? label = null) =>
        new SampleRequest(firstSeed, count) { Label = label }.Draw(bundle, null);

    /// <summary>Refuses a label that the bundle has not.</summary>
    /// <exception cref="UserError">It has not.</exception>
    public static void CheckLabel(VaeBundle bundle, string? label)
    {
        if (label is null) return;
        if (bundle.Labels.Contains(label) && !bundle.IsConditional && !bundle.Prior.DependsOnLabel)
            throw new UserError(
                $"'{bundle.Name}' knows the label '{label}' but cannot draw by it: it was trained without labels and its prior "
                + $"is the same for all. Leave --label out.");
        if (bundle.Labels.Contains(label)) return;
        throw new UserError(bundle.Labels.Count == 0 ? $"'{bundle.Name}' has no labels: leave --label out."
            : $"'{bundle.Name}' has no label '{label}'. It has: {string.Join(", ", bundle.Labels)}.");
    }

    /// <summary>A sheet, as square as the count allows if <paramref name="columns"/> is 0.</summary>
    public static void SaveSheet(Bitmap[] sprites, string path, int scale, int columns = 0)
    {
        if (scale is < 1 or > 32) throw new UserError($"--scale {scale}: expected 1 to 32.");
        PictureWriter.SavePng(ContactSheet.Compose(sprites, columns > 0 ? columns : Columns(sprites.Length), scale), path);
    }

    private static int Columns(int count) => (int)Math.Ceiling(Math.Sqrt(count));

    /// <summary>
    /// Rows of <paramref name="columns"/> of the one set, each above the same row of the other; short rows are filled up.
    /// </summary>
    internal static Bitmap[] ByTurns(Bitmap[] before, Bitmap[] after, int columns)
    {
        Bitmap[][] Rows(Bitmap[] all) => [.. all.Chunk(columns).Select(row =>
            (Bitmap[])[.. row, .. Enumerable.Repeat(new Bitmap(row[0].Width, row[0].Height), columns - row.Length)])];
        return [.. Rows(before).Zip(Rows(after)).SelectMany(pair => pair.First.Concat(pair.Second))];
    }
}
