using VaeContent.Trainer.Metrics;

namespace VaeContent.Tests.Trainer.Metrics;

/// <summary>Seeded features with known distributions.</summary>
internal static class Gaussians
{
    /// <summary>N(shift, scale^2) in every dimension.</summary>
    public static FeatureMatrix Draw(int rows, int columns, int seed, double shift = 0, double scale = 1)
    {
        var normals = new Sampler(seed);
        var values = new double[rows * columns];
        for (int i = 0; i < values.Length; i++) values[i] = shift + (scale * normals.Normal(i));
        return new FeatureMatrix(values, columns);
    }
}
