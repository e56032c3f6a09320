namespace VaeContent.Trainer.Metrics;

/// <summary>How near samples are to real sprites in one feature space.</summary>
/// <param name="Space">The name of the space.</param>
/// <param name="Seed">The seed of its weights.</param>
/// <param name="Fingerprint">SHA-256 of its weights.</param>
/// <param name="Features">D.</param>
/// <param name="Frechet">Fréchet distance.</param>
/// <param name="Kernel">Kernel distance, biased, so that the floor is above 0.</param>
/// <param name="KernelUnbiased">Unbiased kernel distance of samples, mean over draws: 0 is as good as real.</param>
/// <param name="Samples">Precision, recall, density and coverage of samples, means over draws.</param>
/// <param name="Real">The same of other real sprites at the same counts.</param>
public sealed record FeatureQuality(string Space, long Seed, string Fingerprint, int Features, DistanceRatio Frechet, DistanceRatio Kernel, double KernelUnbiased,
    Prdc Samples, Prdc Real);
