using System.Collections.Generic;
using System.Linq;
using Google.Protobuf;
using VaeContent.Internal;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Graphs.Onnx;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Training;

/// <summary>Writes what ships: decoder and encoder of a trained model as bundles (Documentation~/bundle-format.md).</summary>
internal static class BundleExport
{
    // Any batch size runs; two keeps batch and scalar dimensions apart while the graph is built.
    private const int AnyBatch = 2;

    /// <summary>The decoder with its prior: the file a game loads.</summary>
    public static byte[] Decoder(ModelSpec spec, float[] weights, Dataset data, Prior prior, FlowPrior? flow,
        string exemplars, string attributes, IReadOnlyDictionary<string, string> provenance, WeightPrecision precision = WeightPrecision.Float32, float grain = 0f,
        IReadOnlyDictionary<string, double[]>? moments = null)
    {
        PixelOutput output = Output(spec, data) with { Grain = grain };
        var vae = new VaeGraph(spec, AnyBatch, output: output);
        var metadata = Common(spec, data, BundleKeys.Decoder);
        if (vae.Pixels.Shape.Length == 3) metadata[BundleKeys.Palette] = string.Join(' ', data.PaletteText);
        prior.WriteMetadata(metadata);
        if (exemplars.Length > 0) metadata[BundleKeys.Exemplars] = exemplars;
        if (attributes.Length > 0) metadata[BundleKeys.Attributes] = attributes;
        metadata[BundleKeys.Provenance] = string.Join('\n', provenance.Select(row => $"{row.Key}: {row.Value}"));
        byte[] decoder = DecoderOperators.Check(OnnxWriter.WriteFrozen(vae.Graph, weights, Inputs((vae.Z, BundleKeys.Z), vae.Label),
            [(vae.Pixels, BundleKeys.Pixels)], metadata, precision, moments));
        return flow is null ? decoder : WithPrior(decoder, PriorNetwork(flow, precision, moments));
    }

    // A model of its own: noise in, the decoder's latent out.
    private static byte[] PriorNetwork(FlowPrior flow, WeightPrecision precision, IReadOnlyDictionary<string, double[]>? moments)
    {
        var g = new Graph();
        Value noise = g.Input(BundleKeys.Noise, ElementType.Float, AnyBatch, flow.Spec.Latent);
        Value? label = flow.Spec.Labels > 0 ? g.Input(BundleKeys.Label, ElementType.Float, AnyBatch, flow.Spec.Labels) : null;
        Value z = new FlowGraph(g, flow.Spec).Sample(noise, label, flow.Mean, flow.Deviation);
        return OnnxWriter.WriteFrozen(g, flow.Weights, Inputs((noise, BundleKeys.Noise), label), [(z, BundleKeys.Z)], new Dictionary<string, string>(),
            precision, moments);
    }

    // Bytes of a tensor that no node uses, for which metadata would need base64: Documentation~/bundle-format.md.
    private static byte[] WithPrior(byte[] decoder, byte[] prior)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(decoder);
        model.Graph.Initializer.Add(new TensorProto
        {
            Name = BundleKeys.PriorNetwork,
            DataType = (int)TensorProto.Types.DataType.Uint8,
            Dims = { prior.Length },
            RawData = ByteString.CopyFrom(prior),
        });
        return model.ToByteArray();
    }

    /// <summary>The encoder, which stays with the tools.</summary>
    public static byte[] Encoder(ModelSpec spec, float[] weights, Dataset data)
    {
        var vae = new VaeGraph(spec, AnyBatch);
        return OnnxWriter.WriteFrozen(vae.Graph, weights, Inputs((vae.Sprites, BundleKeys.Sprites), vae.Label),
            [(vae.Mu, BundleKeys.Mu), (vae.LogVar, BundleKeys.LogVar)], Common(spec, data, BundleKeys.Encoder));
    }

    /// <summary>
    /// Exports untrained weights, loads the outcome and decodes one sprite: what would fail at the end of a long training fails
    /// before its start.
    /// </summary>
    public static void DryRun(ModelSpec spec, float[] weights, Dataset data)
    {
        if (spec.ConditionLabels > 0) CheckLabels(spec, data);
        Prior prior = Prior.Normal(spec.Latent, [.. data.Shown.LabelCounts]);
        using var sprites = new SpriteGenerator(VaeBundle.Load(Decoder(spec, weights, data, prior, null, "", "", new Dictionary<string, string>()), "dry run"));
        sprites.Generate(0);
        using var encoder = new SpriteEncoder(EncoderBundle.Load(Encoder(spec, weights, data), "dry run"));
    }

    private static void CheckLabels(ModelSpec spec, Dataset data)
    {
        if (spec.ConditionLabels != data.All.Labels.Count)
            throw new UserError($"model.conditionLabels is {spec.ConditionLabels}, but the sprites have {data.All.Labels.Count} labels: set it to that, or to 0.");
        if (data.All.Sprites.FirstOrDefault(sprite => sprite.Label < 0) is { } without)
            throw new UserError($"'{without.Path}' has no label, and a model with model.conditionLabels={spec.ConditionLabels} needs one for every sprite: label it, move it away, or set that to 0.");
    }

    // Sets with hard alpha and a palette that is nearly theirs are shown in it: no colour the artist never used.
    private static PixelOutput Output(ModelSpec spec, Dataset data) => new(
        HardAlpha: !spec.SoftAlpha,
        Snap: !spec.SoftAlpha && data.Palette.Report.IsCoherent ? data.Palette.Palette.Colours.ToArray() : null);

    private static (Value, string)[] Inputs((Value, string) first, Value? label) => label is null ? [first] : [first, (label, BundleKeys.Label)];

    private static Dictionary<string, string> Common(ModelSpec spec, Dataset data, string kind)
    {
        var metadata = new Dictionary<string, string>
        {
            [BundleKeys.Format] = BundleKeys.FormatVersion.ToString(),
            [BundleKeys.Kind] = kind,
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
