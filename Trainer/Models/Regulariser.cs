namespace VaeContent.Trainer.Models;

/// <summary>What keeps latents near the prior N(0, I), so that latents drawn from it decode to sprites.</summary>
public enum Regulariser
{
    /// <summary>The KL divergence of each posterior to the prior: the variational autoencoder (Kingma &amp; Welling 2014).</summary>
    Kl,

    /// <summary>Nothing, and no noise: a plain autoencoder, the baseline. What it generates comes from the prior that is fitted afterwards.</summary>
    None,

    /// <summary>KL with more weight on its total correlation, which separates factors (Chen et al. 2018, "beta-TCVAE").</summary>
    Tc,

    /// <summary>The maximum mean discrepancy of all latents together to the prior (Tolstikhin et al. 2018, "WAE"; Zhao et al. 2019, "InfoVAE").</summary>
    Mmd,
}
