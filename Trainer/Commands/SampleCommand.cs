using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Commands;

/// <summary><c>sample heroes.vae --seed 7 --count 64 --out sheet.png</c>: a sheet of generated sprites, or each as a file.</summary>
internal static class SampleCommand
{
    public static Command Create()
    {
        var bundle = CommonOptions.Bundle();
        var seed = CommonOptions.Seed();
        var count = new Option<int>("--count") { Description = "how many sprites; seeds count up from --seed", DefaultValueFactory = _ => 64 };
        var label = new Option<string?>("--label") { Description = "only sprites of this label" };
        var temperature = new Option<float>("--temperature") { Description = "0 is the most typical sprite, 1 as varied as the set", DefaultValueFactory = _ => 1f };
        var threads = new Option<int>("--threads") { Description = "CPU threads; the pixels do not depend on it", DefaultValueFactory = _ => 1 };
        var scale = new Option<int>("--scale") { Description = "pixels of the sheet per pixel of a sprite", DefaultValueFactory = _ => 3 };
        var output = new Option<string?>("--out") { Description = "the PNG sheet to write" };
        var each = new Option<string?>("--each") { Description = "a folder to write every sprite to, as SEED.png" };
        var command = new Command("sample", "generate sprites from seeds") { bundle, seed, count, label, temperature, threads, scale, output, each };
        command.SetAction(parsed =>
        {
            string? sheet = parsed.GetValue(output), folder = parsed.GetValue(each);
            if (sheet is null == (folder is null)) throw new UserError("sample writes a sheet (--out sheet.png) or single files (--each DIR): give one of them.");
            int n = parsed.GetValue(count);
            if (n is < 1 or > 100_000) throw new UserError($"--count {n}: expected 1 to 100000.");
            Bitmap[] sprites = Generate(VaeBundle.Load(parsed.GetValue(bundle)!), parsed.GetValue(seed), n, parsed.GetValue(label),
                parsed.GetValue(temperature), parsed.GetValue(threads));
            if (sheet is not null) SaveSheet(sprites, sheet, parsed.GetValue(scale));
            for (int i = 0; folder is not null && i < n; i++)
                PngWriter.Save(sprites[i], Path.Combine(folder, $"{parsed.GetValue(seed) + i}.png"));
            Console.WriteLine($"{n} sprites in {sheet ?? folder}");
            return 0;
        });
        return command;
    }

    /// <summary>The sprites of consecutive seeds.</summary>
    /// <exception cref="UserError">The label is not one of the bundle's, or the temperature is out of range.</exception>
    public static Bitmap[] Generate(VaeBundle bundle, long firstSeed, int count, string? label = null, float temperature = 1f, int threads = 1)
    {
        if (!(temperature is >= 0f and <= 8f)) throw new UserError($"--temperature {temperature}: expected 0 to 8.");
        if (threads is < 1 or > 256) throw new UserError($"--threads {threads}: expected 1 to 256.");
        if (label is not null && !bundle.Labels.Contains(label))
            throw new UserError(bundle.Labels.Count == 0 ? $"'{bundle.Name}' has no labels: leave --label out."
                : $"'{bundle.Name}' has no label '{label}'. It has: {string.Join(", ", bundle.Labels)}.");
        using var generator = new SpriteGenerator(bundle, new GeneratorOptions { Threads = threads });
        var sprites = new Bitmap[count];
        for (int i = 0; i < count; i++)
            sprites[i] = new Bitmap(bundle.Width, bundle.Height, generator.Generate(firstSeed + i, label, temperature).ToArray());
        return sprites;
    }

    /// <summary>A sheet, as square as the count allows.</summary>
    public static void SaveSheet(Bitmap[] sprites, string path, int scale)
    {
        if (scale is < 1 or > 32) throw new UserError($"--scale {scale}: expected 1 to 32.");
        PngWriter.Save(ContactSheet.Compose(sprites, (int)Math.Ceiling(Math.Sqrt(sprites.Length)), scale), path);
    }
}
