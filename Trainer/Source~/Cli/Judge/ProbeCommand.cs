using System;
using System.CommandLine;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// <c>probe heroes.encoder.vae DIR --test DIR2</c>: how well a linear classifier reads labels from latents, beside as many
/// principal components of the pixels.
/// </summary>
internal static class ProbeCommand
{
    private const int ForComponents = 10_000;
    private const double HeldOut = 0.2;

    public static Command Create()
    {
        var encoder = BundlePair.Argument();
        var sprites = CommonOptions.Sprites();
        var test = new Option<string?>("--test")
        {
            Description = "sprites to judge by; a fifth of the first folder if not given",
        };
        var json = CommonOptions.Json();
        var data = new DataOptions();
        var command = new Command("probe", "how much of the labels a linear classifier reads from the latents, and from PCA")
        {
            encoder, sprites, test, json,
        };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            EncoderBundle model = BundlePair.LoadEncoder(parsed.GetValue(encoder)!);
            if (model.IsConditional)
                throw new UserError($"'{model.Name}' receives the label, so its latents need not hold it. Probe a model trained "
                    + "with --set model.conditionLabels=0.");
            SpriteSet learnt = Labelled(model, data.Read(parsed, parsed.GetValue(sprites)!)), judged;
            if (parsed.GetValue(test) is { } folder) judged = Labelled(model, data.Read(parsed, folder));
            else (learnt, judged) = learnt.Split(HeldOut);
            if (!learnt.Labels.SequenceEqual(judged.Labels))
                throw new UserError("the two folders have other labels, so one cannot be judged by the other.");

            var (ofLatents, ofPixels) = Accuracies(model, learnt, judged);
            double commonest = (double)judged.LabelCounts.Max() / judged.Sprites.Count;
            Console.WriteLine($"{learnt.Sprites.Count} sprites to learn {learnt.Labels.Count} labels from, "
                + $"{judged.Sprites.Count} to judge by");
            Console.WriteLine($"{model.LatentSize} latents                {ofLatents * 100:F2}% right");
            Console.WriteLine($"{model.LatentSize} principal components   {ofPixels * 100:F2}% right");
            Console.WriteLine($"always the commonest     {commonest * 100:F2}% right");
            if (parsed.GetValue(json) is { } file)
                JsonFile.Write(file, new
                {
                    Encoder = model.Name,
                    Learnt = learnt.Sprites.Count,
                    Judged = judged.Sprites.Count,
                    Latents = model.LatentSize,
                    LatentAccuracy = ofLatents,
                    ComponentAccuracy = ofPixels,
                    Commonest = commonest
                });
            return 0;
        });
        return command;
    }

    private static SpriteSet Labelled(EncoderBundle model, DataSettings data)
    {
        SpriteSet set = BundleSprites.ReadAll(model, data);
        Sprite[] labelled = [.. set.Sprites.Where(sprite => sprite.Label >= 0)];
        if (labelled.Length == 0) throw new UserError($"the sprites of '{data.Folder}' have no labels: see --labels.");
        return new SpriteSet(set.Width, set.Height, labelled, set.Labels);
    }

    private static (double Latents, double Pixels) Accuracies(EncoderBundle model, SpriteSet learnt, SpriteSet judged)
    {
        Rgba32[][] some = [.. learnt.Spread(ForComponents).Select(sprite => sprite.Pixels)];
        PrincipalComponents components = PrincipalComponents.Fit(some, model.LatentSize);
        int[] labels = Labels(learnt), judgedLabels = Labels(judged);
        return (LinearProbe.Accuracy(Means(model, learnt), labels, Means(model, judged), judgedLabels),
            LinearProbe.Accuracy(components.Project(learnt.Pixels()), labels, components.Project(judged.Pixels()), judgedLabels));
    }

    private static int[] Labels(SpriteSet set) => [.. set.Sprites.Select(sprite => sprite.Label)];

    private static FeatureMatrix Means(EncoderBundle model, SpriteSet set) =>
        new([.. Posteriors.Encode(model, set).Mu.Select(value => (double)value)], model.LatentSize);
}
