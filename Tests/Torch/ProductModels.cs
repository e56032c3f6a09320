using System.Collections.Generic;
using VaeContent.Trainer.Models;

namespace VaeContent.Tests.Torch;

/// <summary>The models of the presets at their own size, as <c>train</c> would build them for 32x32 sprites.</summary>
internal static class ProductModels
{
    public static IReadOnlyDictionary<string, ModelSpec> All { get; } = new Dictionary<string, ModelSpec>
    {
        ["preset palette"] = Product with { Likelihood = Likelihood.Palette, Colours = 40 },
        ["preset palette, labels"] = Product with { Likelihood = Likelihood.Palette, Colours = 24, ConditionLabels = 6 },
        ["preset sigma"] = Product with { Likelihood = Likelihood.Sigma, SoftAlpha = true },
        ["mlp of the MNIST tutorial's size"] = new() { Architecture = Architecture.Mlp, Likelihood = Likelihood.Bernoulli, Width = 28, Height = 28, Widths = [256, 128], Latent = 2, Activation = Activation.Relu },
    };

    private static ModelSpec Product => new() { DecoderWidths = [32, 64, 112], Width = 32, Height = 32 };
}
