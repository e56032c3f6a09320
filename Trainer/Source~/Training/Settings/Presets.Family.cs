using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>
/// The family of variational autoencoders, each as settings of the same axes over what suits the set.
/// Documentation~/vae-family.md has the formulas.
/// </summary>
public static partial class Presets
{
    // Looking at every pixel of a large set to find that it is grey would take longer than loading it.
    private const int GreyProbes = 64;

    // The default, 5, was found on pictures that cost a hundred nats each; a sprite costs a thousand, and beside that 5 does
    // nothing. Measured: Documentation~/disentanglement.md.
    private const float OfSprites = 35f;

    /// <summary>What <see cref="ForDataset"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "auto", "palette", "mix", "sigma", "characters", "vae", "beta-vae", "beta-tcvae", "iwae", "wae", "cvae", "denoising",
        "autoencoder", "mnist", "mnist-conv",
    ];

    private static RunConfig? Family(string name, Dataset data) => name switch
    {
        "mix" => Mix(data),
        "vae" => Textbook(data, name),
        "beta-vae" => With(Textbook(data, name), training: t => t with { Beta = 4f }),
        "beta-tcvae" => With(Textbook(data, name), m => m with { Regulariser = Regulariser.Tc },
            t => IsGrey(data) ? t : t with { TotalCorrelation = OfSprites }),
        "iwae" => With(Textbook(data, name),
            m => m with
            {
                Likelihood = m.Likelihood == Likelihood.Bernoulli ? m.Likelihood : Likelihood.Mse,
                Colours = 0
            },
            t => t with { Samples = 5 }),
        "wae" => With(Textbook(data, name), m => m with { Regulariser = Regulariser.Mmd }),
        "cvae" => Conditional(data, name),
        "denoising" => With(Textbook(data, name), training: t => t with { Corruption = 0.2f }),
        "autoencoder" => With(Textbook(data, name), m => m with { Regulariser = Regulariser.None }) with
        {
            Prior = new PriorSettings { Kind = "mixture" }
        },
        "mnist" => With(Grey(data), m => m with { Widths = [256, 128], Latent = 2 }, t => t with { Epochs = 20 }) with
        {
            Preset = name,
            Prior = new PriorSettings { Kind = "normal" }
        },
        "mnist-conv" => KerasTutorial(data, name),
        _ => null,
    };

    /// <summary>Whether sprites are opaque and grey, as those of MNIST.</summary>
    internal static bool IsGrey(Dataset data) =>
        data.All.Spread(GreyProbes).All(sprite =>
            sprite.Pixels.All(pixel => pixel.A == 255 && pixel.R == pixel.G && pixel.G == pixel.B));

    // 784-400-20 with Bernoulli pixels, as in the supplement of Kingma & Welling's reference implementations.
    private static RunConfig Grey(Dataset data) => new()
    {
        Preset = "grey",
        Model = new ModelSpec
        {
            Architecture = Architecture.Mlp,
            Likelihood = Likelihood.Bernoulli,
            Grey = true,
            Width = data.All.Width,
            Height = data.All.Height,
            Widths = [400],
            Latent = 20,
            Activation = Activation.Relu,
        },
        Training = new TrainingSettings { Epochs = 10, Batch = 128, LearningRate = 3e-3f, WarmUp = 0, FreeBits = 0f },
        Prior = new PriorSettings { Kind = "mixture", MaxComponents = 4 },
    };

    // Chollet's tutorial "Variational AutoEncoder": 69,076 weights in the encoder and 65,089 in the decoder at 28x28.
    private static RunConfig KerasTutorial(Dataset data, string name)
    {
        RunConfig start = Grey(data);
        return start with
        {
            Preset = name,
            Model = start.Model with
            {
                Architecture = Architecture.Conv,
                Kernel = 3,
                Widths = [32, 64],
                Hidden = 16,
                DecoderHidden = 0,
                Latent = 2
            },
            Training = start.Training with { Epochs = 20, LearningRate = 2e-3f },
            Prior = new PriorSettings { Kind = "normal" },
        };
    }

    // Beta 1, no free bits, N(0, I): the evidence lower bound and nothing else.
    private static RunConfig Textbook(Dataset data, string name)
    {
        RunConfig start = IsGrey(data) ? Grey(data) : IsPalette(data) ? Palette(data) : Sigma(data);
        start = With(start, m => m with { ConditionLabels = 0 },
            t => t with { Beta = 1f, FreeBits = 0f, WarmUp = IsGrey(data) ? 0 : 0.1 });
        return start with { Preset = name, Prior = new PriorSettings { Kind = "normal" } };
    }

    private static RunConfig Conditional(Dataset data, string name)
    {
        if (data.All.Labels.Count < 2) throw new UserError(
            "--preset cvae needs labels, and these sprites have none: sort them into folders, or write a labels.csv and name a "
            + "column with --labels.");
        RunConfig start = IsGrey(data) ? Grey(data) : IsPalette(data) ? Palette(data) : Sigma(data);
        RunConfig told = With(start,
            m => m with { ConditionLabels = data.All.Labels.Count, LabelColumns = data.LabelColumns },
            t => t with { LabelDropout = 0.1f });
        return told with { Preset = name };
    }

    private static RunConfig Mix(Dataset data) =>
        With(Palette(data), m => m with { Likelihood = Likelihood.Mix }) with { Preset = "mix" };

    private static RunConfig With(RunConfig start, Func<ModelSpec, ModelSpec>? model = null,
        Func<TrainingSettings, TrainingSettings>? training = null)
    {
        return start with
        {
            Model = model is null ? start.Model : model(start.Model),
            Training = training is null ? start.Training : training(start.Training)
        };
    }
}
