using System;
using System.Linq;
using TorchSharp;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Export;

/// <summary>
/// Fits <see cref="Shades"/> to a trained model: where the decoder chooses the palette colour that a pixel of the set is nearest
/// to, what is left between both, by ridge regression for each colour, then by the few directions among features that all
/// colours together need most (reduced-rank regression, Izenman 1975).
/// </summary>
internal static class ShadeFit
{
    private const int Sprites = 1024, MostDirections = 6;

    // Pixels that a map from nothing to nothing is worth.
    private const double Ridge = 50;

    /// <summary>The shades of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="palette">Its palette.</param>
    /// <param name="set">What it learnt from.</param>
    /// <param name="posteriors">Of that set.</param>
    public static Shades Fit(VaeModel model, ColourPalette palette, SpriteSet set, Posteriors posteriors)
    {
        using DisposeScope scope = NewDisposeScope();
        int colours = model.Spec.Colours - 1, f = model.Spec.PixelFeatures;
        Tensor squares = zeros(colours, f + 1, f + 1, ScalarType.Float64),
            products = zeros(colours, f + 1, 3, ScalarType.Float64);
        DecodedSprites.Each(model, posteriors, [.. set.Sprites.Select(sprite => sprite.Label)], Sprites, (chosen, decoded) =>
        {
            PixelLogits said = decoded.Palette!.Chosen();
            var (indices, left) = Left(palette, set, chosen);
            Tensor isRight = indices.gt(0).logical_and(indices.eq(said.Likeliest()));
            for (int k = 0; k < colours; k++)
            {
                Tensor pixels = isRight.logical_and(indices.eq(k + 1)).nonzero().reshape(-1); // (V)
                if (pixels.numel() == 0) continue;
                Tensor x = said.Features.index_select(0, pixels).to_type(ScalarType.Float64);
                x = cat([x, ones_like(x.narrow(1, 0, 1))], 1);
                squares[k].add_(x.t().mm(x));
                products[k].add_(x.t().mm(left.index_select(0, pixels)));
            }
        });
        return Fit(squares, products, Math.Min(MostDirections, Math.Min(f, 3 * colours)));
    }

    /// <summary>
    /// By the sums over the pixels of each colour, of features x with a 1 behind them and levels y: squares (K - 1, F + 1, F +
    /// 1) of x x', products (K - 1, F + 1, 3) of x y'.
    /// </summary>
    internal static Shades Fit(Tensor squares, Tensor products, int directions)
    {
        using DisposeScope scope = NewDisposeScope();
        int f = (int)squares.shape[1] - 1;
        Tensor all = squares.sum([0]), count = all[f, f].clamp_min(1), mean = all[f].narrow(0, 0, f).div(count);
        Tensor ridge = all.diag().div(count).add(1e-9).diag().mul(Ridge);
        Tensor maps = linalg.solve(squares.add(ridge), products).transpose(1, 2); // (K - 1, 3, F + 1)
        Tensor offsets = maps.select(2, f);
        maps = maps.narrow(2, 0, f);

        // In features of unit covariance the error of a map is its distance to the best one.
        Tensor covariance = all.narrow(0, 0, f).narrow(1, 0, f).div(count).sub(mean.outer(mean));
        Tensor spread = linalg.cholesky(covariance.add(covariance.diag().mean().mul(1e-6).add(1e-9)
            .mul(eye(f, dtype: ScalarType.Float64)))); // (F, F)
        Tensor pixels = squares.select(1, f).select(1, f); // (K - 1)
        Tensor weighted = maps.matmul(spread).mul(pixels.sqrt().reshape(-1, 1, 1)).reshape(-1, f);
        Tensor most = linalg.svd(weighted, fullMatrices: false).Vh.narrow(0, 0, directions); // (D, F)
        Tensor slopes = maps.matmul(spread).matmul(most.t()), shared = most.mm(linalg.inv(spread));

        // At the mean features of a colour nothing changes.
        Tensor means = squares.select(1, f).narrow(1, 0, f).div(pixels.clamp_min(1).unsqueeze(1)); // (K - 1, F)
        offsets = offsets.add(maps.sub(slopes.matmul(shared)).matmul(means.unsqueeze(2)).squeeze(2));
        return new Shades(Numbers<float[,]>(shared), Numbers<float[,,]>(slopes), Numbers<float[,]>(offsets));
    }

    private static T Numbers<T>(Tensor of) => (T)(object)of.to_type(ScalarType.Float32).data<float>().ToNDArray();

    // Of some sprites, pixel by pixel in the order of blocks: palette indices (P), and how far red, green and blue are from those
    // colours, (P, 3) levels.
    private static (Tensor Indices, Tensor Left) Left(ColourPalette palette, SpriteSet set, int[] chosen)
    {
        int area = set.Width * set.Height;
        var indices = new byte[chosen.Length * area];
        var left = new float[3, chosen.Length * area];
        for (int i = 0; i < chosen.Length; i++)
        {
            ReadOnlySpan<Rgba32> pixels = set.Sprites[chosen[i]].Pixels;
            palette.QuantiseInto(pixels, indices.AsSpan(i * area, area));
            for (int p = 0; p < area; p++)
            {
                int at = (i * area) + p;
                Rgba32 pixel = pixels[p], colour = palette.Palette[indices[at]];
                (left[0, at], left[1, at], left[2, at]) = (pixel.R - colour.R, pixel.G - colour.G, pixel.B - colour.B);
            }
        }
        Tensor InBlocks(Tensor planes) => PaletteLogits.InBlocks(planes.reshape(-1, set.Height, set.Width));
        return (InBlocks(tensor(indices)).to_type(ScalarType.Int64),
            InBlocks(tensor(left)).reshape(3, -1).t().to_type(ScalarType.Float64));
    }
}
