using System;
using System.CommandLine;
using System.IO;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// An encoder and the decoder of the same model: <c>heroes.encoder.vae</c> and the <c>heroes.vae</c> beside it.
/// </summary>
/// <param name="Encoder">From sprites to latents.</param>
/// <param name="Decoder">From latents to sprites.</param>
internal sealed record BundlePair(EncoderBundle Encoder, VaeBundle Decoder)
{
    private const string EncoderEnding = ".encoder.vae";

    /// <summary>The argument that names the encoder.</summary>
    public static Argument<string> Argument() =>
        new("encoder") { Description = "an encoder, as 'export' writes it beside the .vae: heroes.encoder.vae" };

    /// <summary>The option that names the decoder.</summary>
    public static Option<string?> DecoderOption() =>
        new("--decoder") { Description = "the .vae; if not given, the one beside the encoder" };

    /// <summary>Loads both.</summary>
    /// <exception cref="UserError">The decoder is not there, or belongs to another encoder.</exception>
    public static BundlePair Load(string encoderPath, string? decoderPath)
    {
        EncoderBundle encoder = LoadEncoder(encoderPath);
        string path = decoderPath ?? DecoderBeside(encoderPath);
        if (!File.Exists(path))
            throw new UserError($"there is no '{path}' beside '{encoderPath}': name the decoder with --decoder FILE.");
        VaeBundle decoder = VaeBundle.Load(path);
        Check(encoder, decoder);
        return new BundlePair(encoder, decoder);
    }

    /// <summary>Loads an encoder; <c>heroes.vae</c> stands for the <c>heroes.encoder.vae</c> beside it.</summary>
    public static EncoderBundle LoadEncoder(string path)
    {
        string beside = CommonOptions.EncoderBeside(path);
        return EncoderBundle.Load(!path.EndsWith(EncoderEnding, StringComparison.Ordinal) && File.Exists(beside) ? beside : path);
    }

    /// <summary>Refuses an encoder of another model.</summary>
    /// <exception cref="UserError">They are of two trainings.</exception>
    public static void Check(EncoderBundle encoder, VaeBundle decoder)
    {
        if (encoder.Model != decoder.Model)
            throw new UserError($"'{encoder.Name}' belongs to another training than '{decoder.Name}': export both again with "
                + "'vaecontent export'.");
    }

    private static string DecoderBeside(string encoder) => encoder.EndsWith(EncoderEnding, StringComparison.Ordinal)
        ? encoder[..^EncoderEnding.Length] + ".vae" : encoder;
}
