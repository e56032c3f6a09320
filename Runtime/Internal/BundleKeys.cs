namespace VaeContent.Internal
{
    /// <summary>Metadata keys, and names of graph values and tensors, as in Documentation~/bundle-format.md.</summary>
    internal static class BundleKeys
    {
        internal const string Format = "vaecontent.format";
        internal const string Kind = "vaecontent.kind";
        internal const string Size = "vaecontent.size";
        internal const string Latent = "vaecontent.latent";
        internal const string Palette = "vaecontent.palette";
        internal const string Labels = "vaecontent.labels";
        internal const string LabelCounts = "vaecontent.label.counts";
        internal const string Poses = "vaecontent.poses";
        internal const string Prior = "vaecontent.prior";
        internal const string PriorWeights = "vaecontent.prior.weights";
        internal const string PriorLabels = "vaecontent.prior.labels";
        internal const string PriorNoise = "vaecontent.prior.noise";
        internal const string PriorComponents = "vaecontent.prior.components";
        internal const string Exemplars = "vaecontent.exemplars";
        internal const string Attributes = "vaecontent.attributes";
        internal const string Provenance = "vaecontent.provenance";
        internal const string Model = "vaecontent.model";
        internal const string Sha256 = "vaecontent.sha256";

        internal const string Decoder = "decoder";
        internal const string Encoder = "encoder";

        internal const string NormalPrior = "normal";
        internal const string MixturePrior = "mixture";
        internal const string NetworkPrior = "network";

        internal const string Z = "z";
        internal const string Noise = "noise";
        internal const string Label = "label";
        internal const string Pixels = "pixels";
        internal const string Sprites = "sprites";
        internal const string Mu = "mu";
        internal const string LogVar = "logVar";

        /// <summary>The tensor in a decoder's graph, used by no node, whose bytes are a network prior's own ONNX model.</summary>
        internal const string PriorNetwork = "prior.network";

        internal const int FormatVersion = 3;

        internal const int IrVersion = 8;
        internal const int Opset = 17;
    }
}
