using System.Collections.Generic;

namespace VaeContent.Trainer.Models;

/// <summary>What training asks of a model beyond its networks: it shapes the loss, not the weights, and never ships.</summary>
public sealed record Objective
{
    /// <summary>Nats per latent dimension below which the KL term does not pull (Kingma et al. 2016); 0 for none.</summary>
    public float FreeBits { get; init; }

    /// <summary>Whether the KL is pulled towards a capacity that is fed at each step instead of towards 0 (Burgess et al. 2018).</summary>
    public bool HasCapacity { get; init; }

    /// <summary>K, latents per sprite: 1 is the evidence lower bound, more the importance-weighted one (Burda et al. 2016).</summary>
    public int Samples { get; init; } = 1;

    /// <summary>Further weight of the total correlation with <see cref="Regulariser.Tc"/>: beta - 1 of Chen et al. 2018.</summary>
    public float TotalCorrelation { get; init; } = 5f;

    /// <summary>Nats a sprite per unit of discrepancy with <see cref="Regulariser.Mmd"/>.</summary>
    public float Discrepancy { get; init; } = 100f;

    /// <summary>The share of pixels, 0..1, whose colour is judged: see <c>Graphs/VisiblePixels.cs</c>.</summary>
    public float VisibleShare { get; init; } = 1f;

    /// <summary>Whether the encoder is shown other sprites than those that the decoder is judged by (Vincent et al. 2008; Im et al. 2017).</summary>
    public bool Denoises { get; init; }

    /// <summary>Whether the loss of each sprite by itself is wanted.</summary>
    public bool PerSprite { get; init; }

    /// <summary>The palette's colours, for <see cref="Likelihood.Mix"/> in training; null elsewhere.</summary>
    public IReadOnlyList<Rgba32>? Colours { get; init; }
}
