using System;
using System.Linq;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Cli;

/// <summary>Which sprites to draw, and how freely.</summary>
/// <param name="FirstSeed">Seeds count up from here.</param>
/// <param name="Count">How many.</param>
internal sealed record SampleRequest(long FirstSeed, int Count)
{
    /// <summary>Only of this label; null for any.</summary>
    public string? Label { get; init; }

    /// <summary>0..8.</summary>
    public float Temperature { get; init; } = 1f;

    /// <summary>0, or 0.1..8 standard deviations.</summary>
    public float Truncation { get; init; }

    /// <summary>Relatives of this <see cref="Waypoint"/>; null for fresh draws of the prior.</summary>
    public string? Near { get; init; }

    /// <summary>How far relatives may be.</summary>
    public float Spread { get; init; } = 0.5f;

    /// <summary>The encoder, where <see cref="Near"/> is a file.</summary>
    public string EncoderPath { get; init; } = "";

    /// <summary>CPU threads.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What to compute on.</summary>
    public Device Device { get; init; } = Device.Auto;

    /// <summary>Draws the sprites, with an attribute changed if one is given.</summary>
    /// <exception cref="UserError">Something asked for is out of range, or the bundle has it not.</exception>
    public Bitmap[] Draw(VaeBundle bundle, AttributeChange? change)
    {
        Check(bundle);
        using SpriteGenerator generator = Start(bundle);
        Action<long, float[]> latentOf = Latents(generator);
        var z = new float[bundle.LatentSize];
        var sprites = new Bitmap[Count];
        for (int i = 0; i < Count; i++)
        {
            long seed = FirstSeed + i;
            if (change is not null || Near is not null) latentOf(seed, z);
            if (change is not null) Latent.Shift(z, change.Direction, 1f, z);
            sprites[i] = new Bitmap(bundle.Width, bundle.Height, Paint(generator, seed, z, change).ToArray());
        }
        return sprites;
    }

    /// <summary>The same seeds as characters, each in every frame of every pose, a row of the sheet for a pose.</summary>
    /// <exception cref="UserError">As above, or the bundle draws single sprites.</exception>
    public Bitmap[] DrawSheets(VaeBundle bundle, AttributeChange? change)
    {
        SheetOptions.CheckPoses(bundle);
        if (Label is not null) throw new UserError("--sheet draws every pose: leave --label out.");
        Check(bundle);
        using SpriteGenerator generator = Start(bundle);
        Action<long, float[]> latentOf = Latents(generator);
        var z = new float[bundle.LatentSize];
        return [.. Enumerable.Range(0, Count).Select(i =>
        {
            latentOf(FirstSeed + i, z);
            if (change is not null) Latent.Shift(z, change.Direction, 1f, z);
            var sheet = new Bitmap(bundle.SheetWidth, bundle.SheetHeight);
            generator.DecodeSheet(z, sheet.Pixels);
            return sheet;
        })];
    }

    private void Check(VaeBundle bundle)
    {
        if (!(Truncation is 0f or (>= 0.1f and <= 8f)))
            throw new UserError($"--truncation {Truncation}: expected 0, or 0.1 to 8.");
        SampleCommand.CheckLabel(bundle, Label);
    }

    private SpriteGenerator Start(VaeBundle bundle) =>
        new(bundle, new GeneratorOptions { Device = Device, Threads = Threads, Truncation = Truncation });

    private ReadOnlySpan<Rgba32> Paint(SpriteGenerator generator, long seed, float[] z, AttributeChange? change)
    {
        if (change is null && Near is null) return generator.Generate(seed, Label, Temperature); // one run, as in a game
        VaeBundle bundle = generator.Bundle;
        return generator.Decode(z, Label
            ?? (Near is null && bundle.Labels.Count > 0 ? bundle.Labels[bundle.Prior.PickLabel(seed)] : _nearLabel));
    }

    private string? _nearLabel;

    private Action<long, float[]> Latents(SpriteGenerator generator)
    {
        if (Near is null) return (seed, z) => generator.SampleLatent(seed, z, Label, Temperature);
        Waypoint sprite = Waypoint.Parse(Near, generator, Label, Temperature, EncoderPath);
        _nearLabel = sprite.Label >= 0 ? generator.Bundle.Labels[sprite.Label] : null;
        if (sprite.LogVar is { } logVar)
            return (seed, z) => Latent.Neighbour(sprite.Latent, logVar, seed, Spread, z);
        if (!(Spread is >= 0f and <= 1f)) throw new UserError($"--spread {Spread}: expected 0 to 1 for a seed or exemplar.");
        return (seed, z) => Latent.Mutate(sprite.Latent, seed, Spread, z);
    }
}
