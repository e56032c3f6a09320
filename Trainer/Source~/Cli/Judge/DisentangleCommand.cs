using System;
using System.CommandLine;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Trainer.Cli;

/// <summary><c>disentangle heroes.encoder.vae DIR --out traversal.png</c>: whether single latents mean single things.</summary>
internal static class DisentangleCommand
{
    private const int Rows = 16;

    public static Command Create()
    {
        var encoder = BundlePair.Argument();
        var sprites = CommonOptions.Sprites();
        var decoder = BundlePair.DecoderOption();
        var output = new OutputOption("--out", "the traversal sheet to write: a row per latent, from low to high");
        var scale = CommonOptions.Scale(2);
        var seed = CommonOptions.Seed();
        var json = CommonOptions.Json();
        var data = new DataOptions();
        var command = new Command("disentangle", "measure whether single latents mean single factors of labels.csv")
        {
            encoder, sprites, decoder, output, scale, seed, json
        };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            EncoderBundle model = BundlePair.LoadEncoder(parsed.GetValue(encoder)!);
            SpriteSet set = BundleSprites.ReadAll(model, data.Read(parsed, parsed.GetValue(sprites)!));
            Posteriors posteriors = Posteriors.Encode(model, set);
            Disentanglement found = Disentanglement.Evaluate(posteriors, set, parsed.GetValue(seed));
            Print(found);
            if (parsed.GetValue(json) is { } file) JsonFile.Write(file,
                new { Encoder = model.Name, set.Fingerprint, Seed = parsed.GetValue(seed), Figures = found });
            if (parsed.GetValue(output) is not { } picture) return 0;

            VaeBundle drawn = BundlePair.Load(parsed.GetValue(encoder)!, parsed.GetValue(decoder)).Decoder;
            using var generator = new SpriteGenerator(drawn);
            int shown = set.Sprites.Count / 2;
            int[] dimensions = TraversalSheet.Telling(posteriors, Rows);
            if (dimensions.Length == 0) throw new UserError(
                $"no latent of '{model.Name}' says anything: its training collapsed. Train with a smaller --set training.beta "
                + "or with --set training.freeBits=0.1.");
            string? label = model.IsConditional ? set.Labels[set.Sprites[shown].Label] : null;
            PictureWriter.SavePng(
                TraversalSheet.Draw(generator, posteriors, shown, dimensions, label, parsed.GetValue(scale)), picture);
            Console.WriteLine();
            Console.WriteLine($"{picture}: {set.Sprites[shown].Path}, a row per latent:");
            foreach (int d in dimensions)
            {
                var (factor, told) = found.Factors.Select((one, f) => (one.Name, found.MutualInformation[d][f]))
                    .MaxBy(one => one.Item2);
                Console.WriteLine($"  latent {d,3}  tells most of {factor} ({told * 100:F0}%)");
            }
            return 0;
        });
        return command;
    }

    private static void Print(Disentanglement found)
    {
        Console.WriteLine($"{found.Sprites} sprites, {found.Factors.Count} factors, {found.MutualInformation.Count} latents");
        Console.WriteLine($"MIG              {found.Mig:F3}   1: a latent for each factor; 0: none stands out");
        Console.WriteLine($"FactorVAE score  {found.FactorVae:F3}   1 is best, {1.0 / found.Factors.Count:F3} is chance");
        Console.WriteLine($"DCI              {found.Dci.Disentanglement:F3} disentangled, {found.Dci.Completeness:F3} complete, "
            + $"{found.Dci.Informativeness:F3} informative");
        Console.WriteLine();
        int name = found.Factors.Max(factor => factor.Name.Length);
        foreach (FactorFigures factor in found.Factors)
            Console.WriteLine($"  {factor.Name.PadRight(name)}  {factor.Values,3} values  latent {factor.Dimension,3} tells "
                + $"{factor.Told * 100,3:F0}%, {factor.Gap * 100:F0}% more than the next");
    }
}
