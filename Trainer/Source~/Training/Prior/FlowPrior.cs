using VaeContent.Internal;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>A trained prior network, as it is shipped: noise -> flow -> corrector -> latent.</summary>
/// <param name="Network">The flow.</param>
/// <param name="Mean">(Z): leads out of the standardised space, with the deviation.</param>
/// <param name="Deviation">(Z).</param>
/// <param name="Corrector">A network of one step that settles latents; null for none.</param>
internal sealed record FlowPrior(FlowNetwork Network, float[] Mean, float[] Deviation, FlowNetwork? Corrector = null)
{
    /// <summary>The model that ships: noise (N, Z) and label (N, L) to latents (N, Z).</summary>
    public byte[] ToOnnx(WeightPrecision precision)
    {
        FlowSpec spec = Network.Spec;
        int z = spec.Latent;
        var g = new OnnxGraph(precision);
        OnnxValue noise = g.Input(BundleKeys.Noise, ElementType.Float, 1, z);
        OnnxValue? label = spec.Labels > 0 ? g.Input(BundleKeys.Label, ElementType.Float, 1, spec.Labels) : null;
        OnnxValue x = Network.ToOnnx(g, noise, label, "prior");
        if (Corrector is not null) x = Corrector.ToOnnx(g, x, label, "corrector");
        var scales = new float[z * z]; // one product for a product and a sum
        for (int i = 0; i < z; i++) scales[i * (z + 1)] = Deviation[i];
        g.Output(g.Gemm(x, g.Constant(scales, z, z), g.Constant(Mean, z)), BundleKeys.Z);
        return DecoderOperators.Check(g.ToBytes());
    }

    /// <summary>Latents (N, Z) in the standardised space.</summary>
    public float[] Standardised(float[] latents)
    {
        int z = Mean.Length;
        var x = new float[latents.Length];
        for (int i = 0; i < x.Length; i++) x[i] = (latents[i] - Mean[i % z]) / Deviation[i % z];
        return x;
    }
}
