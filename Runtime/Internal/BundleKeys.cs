namespace VaeContent.Internal
{
    /// <summary>Metadata keys and names of graph values, as in Documentation~/bundle-format.md.</summary>
    internal static class BundleKeys
    {
        internal const string Format = "vaecontent.format";
        internal const string Kind = "vaecontent.kind";
        internal const string Size = "vaecontent.size";
        internal const string Latent = "vaecontent.latent";
        internal const string Palette = "vaecontent.palette";
        internal const string Labels = "vaecontent.labels";
        internal const string LabelCounts = "vaecontent.label.counts";
        internal const string Prior = "vaecontent.prior";
        internal const string PriorWeights = "vaecontent.prior.weights";
        internal const string PriorLabels = "vaecontent.prior.labels";
        internal const string PriorNetwork = "vaecontent.prior.network";
        internal const string PriorNoise = "vaecontent.prior.noise";
        internal const string PriorComponents = "vaecontent.prior.components";
        internal const string Exemplars = "vaecontent.exemplars";
        internal const string Attributes = "vaecontent.attributes";
        internal const string Provenance = "vaecontent.provenance";

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

        // A file says the lowest format that has all it uses, so that older readers refuse only what they cannot run.
        internal const int FormatVersion = 1;
        internal const int NetworkFormatVersion = 2;
        internal const int NewestFormatVersion = NetworkFormatVersion;

        internal const int IrVersion = 8;
        internal const int Opset = 17;
    }
}
