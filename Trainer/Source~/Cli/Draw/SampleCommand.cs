using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// <c>sample heroes.vae --seed 7 --count 64 --out sheet.png</c>: a sheet of generated sprites, or each as a file.
/// </summary>
internal sealed class SampleCommand
{
    private readonly Argument<string> _bundle = CommonOptions.Bundle();
    private readonly Option<long> _seed = CommonOptions.Seed();
    private readonly Option<int?> _count = Numbers.Optional("--count",
        "how many sprites (64 if not given; 1 with --sheet); seeds count up from --seed", 1, 100_000);
    private readonly Option<bool> _sheet = Flag.Create("--sheet",
        "characters: every pose, as a PNG sheet with Aseprite's JSON and a GIF "
        + "for each pose; --out for one, --each for several");
    private readonly Option<bool> _transposed = SheetOptions.Transposed();
    private readonly Option<string?> _label = new("--label") { Description = "only sprites of this label" };
    private readonly Option<float> _temperature =
        Numbers.Create("--temperature", "0 is the most typical sprite, 1 as varied as the set", 1f, 0f, 8f);
    private readonly Option<float> _truncation = Numbers.Create("--truncation",
        "leave out what lies farther from the middle than this, 0.1 to 8 standard deviations; 0 leaves nothing out", 0f, 0f, 8f);
    private readonly Option<string?> _near = new("--near")
    {
        Description = "relatives of this sprite: a .png file (drawn from its posterior), an exemplar, or a seed"
    };
    private readonly Option<float> _spread = Numbers.Create("--spread",
        "how far relatives may be: of a file in posterior widths, 1 the same sprite to the model; of others 0 to 1, 1 unrelated",
        0.5f, 0f, 100f);
    private readonly Option<string[]> _add = new("--add")
    {
        Description = "attributes to add, as the bundle names them: hat, or headgear=hat",
        AllowMultipleArgumentsPerToken = true
    };
    private readonly Option<string[]> _remove = new("--remove")
    {
        Description = "attributes to take away",
        AllowMultipleArgumentsPerToken = true
    };
    private readonly Option<float> _strength =
        Numbers.Create("--strength", "how much of them: 1 is from the mean without to the mean with", 1f, 1e-6f, 10f);
    private readonly Option<int> _threads =
        Numbers.Create("--threads", "CPU threads; the pixels do not depend on it", 1, 1, 256);
    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<int> _scale = CommonOptions.Scale(3);
    private readonly Option<string?> _encoder = new("--encoder")
    {
        Description = "for --near FILE.png; if not given, the one beside the .vae"
    };
    private readonly OutputOption _output;
    private readonly OutputOption _each = new("--each", "a folder to write every sprite to, as SEED.png")
    {
        Outputs = (_, path) => [new OutputFolder(path)],
    };

    public static Command Create()
    {
        var verb = new SampleCommand();
        var command = new Command("sample", "generate sprites from seeds")
        {
            verb._bundle, verb._seed, verb._count, verb._label, verb._temperature, verb._truncation, verb._near,
            verb._spread, verb._add, verb._remove, verb._strength, verb._threads,
            verb._device, verb._scale, verb._encoder, verb._output, verb._each, verb._sheet, verb._transposed,
        };
        command.SetAction(verb.Run);
        return command;
    }

    private SampleCommand() =>
        _output = new("--out", "the PNG sheet to write; with --add or --remove, rows before and after, alternating")
        {
            Outputs = (parsed, path) => parsed.GetValue(_sheet) ? SheetOptions.Files(path) : [new OutputFile(path)],
        };

    private int Run(ParseResult parsed)
    {
        string? sheet = parsed.GetValue(_output), folder = parsed.GetValue(_each);
        if (sheet is null == (folder is null)) throw new UserError(
            "sample writes a sheet (--out sheet.png) or single files (--each DIR): give one of them.");
        bool wholeSheets = parsed.GetValue(_sheet);
        int n = parsed.GetValue(_count) ?? (wholeSheets ? 1 : 64);
        string path = parsed.GetValue(_bundle)!;
        VaeBundle model = VaeBundle.Load(path);
        if (parsed.GetValue(_seed) > long.MaxValue - n)
            throw new UserError($"--seed {parsed.GetValue(_seed)}: expected at most {long.MaxValue - n}, "
                + $"for {n} seeds to count up.");
        bool isPaired = (parsed.GetValue(_add) ?? []).Length + (parsed.GetValue(_remove) ?? []).Length > 0;
        int cells = isPaired ? 2 * n : n;
        if (sheet is not null && !wholeSheets)
            ContactSheet.CheckSize(cells, Columns(cells), model.Width, model.Height, parsed.GetValue(_scale));
        AttributeChange? change = AttributeChange.FromNames(model, parsed.GetValue(_add) ?? [], parsed.GetValue(_remove) ?? [],
            parsed.GetValue(_strength));
        var request = new SampleRequest(parsed.GetValue(_seed), n)
        {
            Label = parsed.GetValue(_label),
            Temperature = parsed.GetValue(_temperature),
            Truncation = parsed.GetValue(_truncation),
            Near = parsed.GetValue(_near),
            Spread = parsed.GetValue(_spread),
            EncoderPath = parsed.GetValue(_encoder) ?? CommonOptions.EncoderBeside(path),
            Threads = parsed.GetValue(_threads),
            Device = CommonOptions.DeviceNamed(parsed.GetValue(_device)!),
        };
        if (wholeSheets) return SaveCharacters(parsed, model, request, change);
        Bitmap[] sprites = request.Draw(model, change);
        if (sheet is not null && change is null) SaveSheet(sprites, sheet, parsed.GetValue(_scale));
        else if (sheet is not null) SaveSheet(ByTurns(request.Draw(model, null), sprites, Columns(2 * n)), sheet,
            parsed.GetValue(_scale), Columns(2 * n));
        for (int i = 0; folder is not null && i < n; i++)
            PictureWriter.SavePng(sprites[i], Path.Combine(folder, $"{parsed.GetValue(_seed) + i}.png"));
        string changed = change is null ? ""
            : $", {change.Description}{(sheet is null ? "" : " (rows before and after, alternating)")}";
        Console.WriteLine($"{n} sprites in {sheet ?? folder}{changed}");
        return 0;
    }

    private int SaveCharacters(ParseResult parsed, VaeBundle model, SampleRequest request, AttributeChange? change)
    {
        string? file = parsed.GetValue(_output), folder = parsed.GetValue(_each);
        int scale = parsed.GetValue(_scale);
        if (file is not null && request.Count != 1)
            throw new UserError($"--sheet --out {file} is one character, but --count is {request.Count}: use --each DIR for "
                + "several.");
        Bitmap[] sheets = request.DrawSheets(model, change);
        for (int i = 0; i < sheets.Length; i++)
        {
            CharacterSheetFile.Write(sheets[i], model, file ?? Path.Combine(folder!, $"{request.FirstSeed + i}.png"), scale,
                parsed.GetValue(_transposed));
        }
        Console.WriteLine($"{sheets.Length} characters in {model.Labels.Count} frames each in {file ?? folder}, with JSON and "
            + "GIFs beside the sheets");
        return 0;
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
                + "is the same for all. Leave --label out.");
        if (bundle.Labels.Contains(label)) return;
        throw new UserError(bundle.Labels.Count == 0 ? $"'{bundle.Name}' has no labels: leave --label out."
            : $"'{bundle.Name}' has no label '{label}'. It has: {string.Join(", ", bundle.Labels)}.");
    }

    /// <summary>A sheet, as square as the count allows if <paramref name="columns"/> is 0.</summary>
    public static void SaveSheet(Bitmap[] sprites, string path, int scale, int columns = 0) =>
        PictureWriter.SavePng(ContactSheet.Compose(sprites, columns > 0 ? columns : Columns(sprites.Length), scale), path);

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
