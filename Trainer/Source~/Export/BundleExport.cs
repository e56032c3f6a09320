using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Internal;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Export;

/// <summary>Writes what ships: decoder and encoder of a trained model as bundles (Documentation~/bundle-format.md).</summary>
internal static class BundleExport
{
    /// <summary>The decoder with its prior: the file a game loads.</summary>
    /// <param name="model">The weights that ship.</param>
    /// <param name="data">The set's palette and labels.</param>
    /// <param name="prior">What latents are drawn from.</param>
    /// <param name="network">The ONNX model of a network prior in a precision; null for other priors.</param>
    /// <param name="rows">What the file says besides: exemplars, attributes, provenance.</param>
    /// <param name="precision">How weights are stored. A prior network's are in int8 unless all are in float32: rounded, it draws
    /// other latents of the same distribution (Documentation~/recipes.md).</param>
    /// <param name="texture">How the choice of palette colours is finished.</param>
    /// <param name="moments">Int8: what the weights meet.</param>
    /// <param name="shades">How far pixels are from their palette colours; a texture with shades needs it.</param>
    public static byte[] Decoder(VaeModel model, Dataset data, Prior prior, Func<WeightPrecision, byte[]>? network = null,
        IReadOnlyDictionary<string, string>? rows = null,
        WeightPrecision precision = WeightPrecision.Float32, Texture texture = default,
        IReadOnlyDictionary<string, double[]>? moments = null, Shades? shades = null)
    {
        ModelSpec spec = model.Spec;
        var g = new OnnxGraph(precision, moments);
        OnnxValue z = g.Input(BundleKeys.Z, ElementType.Float, 1, spec.Latent);
        OnnxValue pixels = model.Decoder.ToOnnx(g, z, Label(g, spec), Output(spec, data) with
        {
            Texture = texture,
            Shades = shades,
            Palette = spec.HasPalette ? data.Palette.Palette.Colours.ToArray() : null,
            Pairs = spec.HasPalette && texture.Agreement > 0f ? data.ColourPairs : null,
        });
        g.Output(pixels, BundleKeys.Pixels);
        // A tensor that no node uses: in the metadata it would need base64 (Documentation~/bundle-format.md).
        if (network is not null) g.Bytes(BundleKeys.PriorNetwork,
            network(precision == WeightPrecision.Float32 ? precision : WeightPrecision.Int8));

        Dictionary<string, string> metadata = Common(model, data, BundleKeys.Decoder);
        if (data.All.Poses.Count > 0 && spec.ConditionLabels > 0)
            metadata[BundleKeys.Poses] = string.Join('\n',
                data.All.Poses.Select(pose => $"{pose.Name}\t{pose.Frames}\t{pose.Milliseconds}"));
        if (pixels.Shape.Length == 3) metadata[BundleKeys.Palette] = string.Join(' ', data.PaletteText);
        prior.WriteMetadata(metadata);
        foreach (var (key, value) in rows ?? new Dictionary<string, string>())
            if (value.Length > 0) metadata[key] = value;
        return BundleSeal.Append(DecoderOperators.Check(g.ToBytes(metadata)));
    }

    /// <summary>The encoder, which stays with the tools.</summary>
    public static byte[] Encoder(VaeModel model, Dataset data)
    {
        ModelSpec spec = model.Spec;
        var g = new OnnxGraph();
        OnnxValue sprites = g.Input(BundleKeys.Sprites, ElementType.UInt8, 1, spec.Height, spec.Width, 4);
        var (mu, logVar) = model.Encoder.ToOnnx(g, sprites, Label(g, spec));
        g.Output(mu, BundleKeys.Mu);
        g.Output(logVar, BundleKeys.LogVar);
        return BundleSeal.Append(g.ToBytes(Common(model, data, BundleKeys.Encoder)));
    }

    /// <summary>
    /// Exports untrained weights, loads the result and decodes one sprite: what would fail at the end of a long training fails
    /// before its start.
    /// </summary>
    public static void DryRun(VaeModel model, Dataset data)
    {
        ModelSpec spec = model.Spec;
        if (spec.ConditionLabels > 0) CheckLabels(spec, data);
        Prior prior = Prior.Normal(spec.Latent, [.. data.Shown.LabelCounts]);
        using var sprites = new SpriteGenerator(VaeBundle.Load(Decoder(model, data, prior), "dry run"));
        sprites.Generate(0);
        using var encoder = new SpriteEncoder(EncoderBundle.Load(Encoder(model, data), "dry run"));
    }

    private static void CheckLabels(ModelSpec spec, Dataset data)
    {
        if (spec.ConditionLabels != data.All.Labels.Count)
            throw new UserError(
                $"model.conditionLabels is {spec.ConditionLabels}, but the sprites have {data.All.Labels.Count} labels: set it "
                + "to that, or to 0.");
        if (data.All.Sprites.FirstOrDefault(sprite => sprite.Label < 0) is not { } without) return;
        throw new UserError(
            $"'{without.Path}' has no label, and a model with model.conditionLabels={spec.ConditionLabels} needs one for every "
            + "sprite: label it, move it away, or set that to 0.");
    }

    // Sets with hard alpha and a palette that is nearly theirs are shown in it: no colour the artist never used.
    private static PixelOutput Output(ModelSpec spec, Dataset data) => new(
        HardAlpha: !spec.SoftAlpha,
        Snap: !spec.SoftAlpha && data.Palette.Report.IsCoherent ? data.Palette.Palette.Colours.ToArray() : null);

    private static OnnxValue? Label(OnnxGraph g, ModelSpec spec) =>
        spec.ConditionLabels > 0 ? g.Input(BundleKeys.Label, ElementType.Float, 1, spec.ConditionLabels) : null;

    private static Dictionary<string, string> Common(VaeModel model, Dataset data, string kind)
    {
        ModelSpec spec = model.Spec;
        var metadata = new Dictionary<string, string>
        {
            [BundleKeys.Format] = BundleKeys.FormatVersion.ToString(),
            [BundleKeys.Kind] = kind,
            [BundleKeys.Model] = model.Fingerprint()[..32],
            [BundleKeys.Size] = $"{spec.Width}x{spec.Height}",
            [BundleKeys.Latent] = spec.Latent.ToString(),
        };
        if (data.All.Labels.Count > 0)
        {
            metadata[BundleKeys.Labels] = string.Join('\n', data.All.Labels);
            metadata[BundleKeys.LabelCounts] = string.Join(' ', data.Shown.LabelCounts);
        }
        return metadata;
    }
}
