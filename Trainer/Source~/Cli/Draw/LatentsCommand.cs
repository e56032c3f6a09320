using System;
using System.CommandLine;
using System.Linq;
using MathNet.Numerics.Distributions;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Reports;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// <c>latents heroes.vae --against DIR --scatter map.svg --manifold grid.png</c>: where sprites lie in latent space, and what
/// lies where.
/// </summary>
internal static class LatentsCommand
{
    private const int Most = 2000;
    private const float Reach = 4f;

    public static Command Create()
    {
        var bundle = CommonOptions.Bundle();
        var against = new Option<string?>("--against")
        {
            Description = "a folder of sprites, for --scatter and to find the two most active latents"
        };
        var encoder = new Option<string?>("--encoder") { Description = "the encoder; beside the .vae if not given" };
        var scatter = new OutputOption("--scatter", "an SVG to write: the sprites as points, coloured by label");
        var manifold = new OutputOption("--manifold", "a PNG to write: what is decoded over a grid of two latents");
        var side = Numbers.Create("--side", "cells on a side of the grid", 20, 2, 100);
        var label = new Option<string?>("--label") { Description = "for --manifold of a conditional model" };
        var scale = CommonOptions.Scale(1);
        var data = new DataOptions();
        var command = new Command("latents", "draw where sprites lie in latent space, and what the decoder draws there")
        {
            bundle, against, encoder, scatter, manifold, side, label, scale
        };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(bundle)!;
            if (parsed.GetValue(scatter) is null && parsed.GetValue(manifold) is null)
                throw new UserError(
                    "latents draws sprites as points (--scatter map.svg) or a grid (--manifold grid.png): give one, or both.");
            VaeBundle model = VaeBundle.Load(path);
            if (parsed.GetValue(manifold) is not null) ContactSheet.CheckSize(parsed.GetValue(side) * parsed.GetValue(side),
                parsed.GetValue(side), model.Width, model.Height, parsed.GetValue(scale), gap: 0);
            int[] axes = [0, Math.Min(1, model.LatentSize - 1)];
            if (parsed.GetValue(against) is { } folder)
            {
                Dataset dataset = Dataset.Load(data.Read(parsed, folder));
                var some = new SpriteSet(dataset.All.Width, dataset.All.Height, dataset.HeldOut.Spread(Most), dataset.All.Labels);
                EncoderBundle posterior = EncoderBundle.Load(parsed.GetValue(encoder) ?? CommonOptions.EncoderBeside(path));
                BundlePair.Check(posterior, model);
                Posteriors posteriors = Posteriors.Encode(posterior, some);
                if (model.LatentSize > 2) axes = Busiest(posteriors);
                if (parsed.GetValue(scatter) is { } picture) Scatter(posteriors, some, axes, picture);
            }
            else if (parsed.GetValue(scatter) is not null)
            {
                throw new UserError("--scatter needs sprites to show: name their folder with --against.");
            }
            if (parsed.GetValue(manifold) is { } grid)
                Manifold(model, axes, parsed.GetValue(side), parsed.GetValue(label), parsed.GetValue(scale), grid);
            return 0;
        });
        return command;
    }

    // The two dimensions that hold most.
    private static int[] Busiest(Posteriors posteriors)
    {
        var kl = LatentFigures.FromPosteriors(new Posteriors(posteriors.LatentSize,
            posteriors.Mu[..Math.Min(posteriors.Mu.Length, 256 * posteriors.LatentSize)],
            posteriors.LogVar[..Math.Min(posteriors.Mu.Length, 256 * posteriors.LatentSize)])).KlPerDimension;
        return [.. Enumerable.Range(0, kl.Count).OrderByDescending(d => kl[d]).Take(2)];
    }

    private static void Scatter(Posteriors posteriors, SpriteSet set, int[] axes, string path)
    {
        int z = posteriors.LatentSize;
        var points = set.Sprites.Select((sprite, i) =>
            (posteriors.Mu[(i * z) + axes[0]], posteriors.Mu[(i * z) + axes[1]], sprite.Label)).ToArray();
        AtomicFile.WriteText(path, LatentScatter.Draw(points, set.Labels, Reach, $"z{axes[0]}", $"z{axes[1]}"));
        Console.WriteLine($"{path}  {points.Length} sprites by latents {axes[0]} and {axes[1]}");
    }

    // Evenly spaced by probability under N(0, 1), as in Kingma and Welling 2014, figure 4.
    private static void Manifold(VaeBundle model, int[] axes, int side, string? label, int scale, string path)
    {
        using var generator = new SpriteGenerator(model);
        string? told = model.IsConditional ? label ?? model.Labels[0] : null;
        var cells = new Bitmap[side * side];
        var z = new float[model.LatentSize];
        for (int i = 0; i < cells.Length; i++)
        {
            z[axes[0]] = (float)Normal.InvCDF(0, 1, ((i % side) + 0.5) / side);
            z[axes[1]] = -(float)Normal.InvCDF(0, 1, ((i / side) + 0.5) / side); // upwards
            cells[i] = new Bitmap(model.Width, model.Height, generator.Decode(z, told).ToArray());
        }
        PictureWriter.SavePng(ContactSheet.Compose(cells, side, scale, gap: 0), path);
        Console.WriteLine($"{path}  {side} x {side} sprites over latents {axes[0]} and {axes[1]}");
    }
}
