using System.Globalization;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// A sprite as a place among latents: that of a seed, an exemplar of the bundle, or a PNG file that the encoder looked at.
/// </summary>
/// <param name="Name">What the user wrote.</param>
/// <param name="Latent">(Z).</param>
/// <param name="LogVar">(Z): the posterior's width, for files only.</param>
/// <param name="Noise">(P): what a network prior started from, for seeds only.</param>
/// <param name="Label">Index of its label, -1 without.</param>
internal sealed record Waypoint(string Name, float[] Latent, float[]? LogVar, float[]? Noise, int Label)
{
    /// <summary>Finds what <paramref name="text"/> names; <paramref name="encoderPath"/> is needed for files only.</summary>
    /// <exception cref="UserError">Nothing has that name, the file cannot be read, or a label is wrong or missing.</exception>
    public static Waypoint Parse(string text, SpriteGenerator generator, string? label, float temperature, string encoderPath)
    {
        VaeBundle bundle = generator.Bundle;
        if (label is null && bundle.Poses.Count > 0 && !PictureReader.IsPicture(text)) label = bundle.Labels[0];
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seed))
            return OfSeed(text, seed, generator, label, temperature);
        if (PictureReader.IsPicture(text)) return OfFile(text, bundle, label, encoderPath);
        if (bundle.Exemplars.FirstOrDefault(one => one.Name == text) is { } exemplar)
            return new Waypoint(text, exemplar.Latent.ToArray(), null, null,
                (label ?? exemplar.Label) is { } of ? bundle.LabelIndex(of) : -1);
        throw new UserError($"'{text}' is neither a seed, nor a .png file, nor an exemplar of '{bundle.Name}'"
            + (bundle.Exemplars.Count > 0
                ? $", which has: {string.Join(", ", bundle.Exemplars.Take(12).Select(one => one.Name))}." : ", which has none."));
    }

    private static Waypoint OfSeed(string text, long seed, SpriteGenerator generator, string? label, float temperature)
    {
        VaeBundle bundle = generator.Bundle;
        var latent = new float[bundle.LatentSize];
        generator.SampleLatent(seed, latent, label, temperature);
        float[]? noise = bundle.Prior.IsNetwork ? new float[bundle.Prior.NoiseSize] : null;
        if (noise is not null) Prior.SampleNoise(seed, temperature, truncation: 0f, noise);
        return new Waypoint(text, latent, null, noise, label is null ? bundle.Prior.PickLabel(seed) : bundle.LabelIndex(label));
    }

    /// <summary>A picture on the bundle's canvas.</summary>
    /// <exception cref="UserError">It cannot be read, is blank or too large.</exception>
    public static Sprite ReadSprite(string path, VaeBundle bundle)
    {
        Picture picture = Picture.FromBitmap(path, PictureReader.Load(path)[0]);
        Canvas canvas = Canvas.Asked((bundle.Width, bundle.Height));
        return !picture.IsBlank && canvas.Fits(picture) ? picture.PlaceOn(canvas) : throw new UserError(
            $"'{path}' is {(picture.IsBlank ? "blank" : $"{picture.Width}x{picture.Height}")}: expected a sprite of at most "
            + $"{bundle.Width}x{bundle.Height}.");
    }

    private static Waypoint OfFile(string path, VaeBundle bundle, string? label, string encoderPath)
    {
        EncoderBundle encoder = BundlePair.LoadEncoder(encoderPath);
        BundlePair.Check(encoder, bundle);
        if (encoder.IsConditional && label is null) throw new UserError(
            $"'{path}': '{bundle.Name}' needs its label: --label, one of: {string.Join(", ", bundle.Labels)}.");
        Sprite sprite = ReadSprite(path, bundle);
        int index = label is null ? -1 : bundle.LabelIndex(label);
        var set = new SpriteSet(bundle.Width, bundle.Height, [sprite with { Label = encoder.IsConditional ? index : -1 }],
            encoder.IsConditional ? encoder.Labels : []);
        Posteriors posterior = Posteriors.Encode(encoder, set);
        return new Waypoint(path, posterior.Mu, posterior.LogVar, null, index);
    }
}
