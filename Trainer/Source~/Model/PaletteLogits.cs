using System;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model;

/// <summary>
/// What a palette decoder says of B sprites before any pixel is chosen, pixel by pixel in the order of blocks of 2x2. Letters as
/// in <see cref="PaletteHead"/>.
/// </summary>
/// <param name="spec">The model.</param>
/// <param name="map">(B, M, R, C): what the head sits on.</param>
/// <param name="visibility">(B R C, 4): log-odds that a pixel is visible.</param>
/// <param name="features">(B R C, 4, F): what its colour is chosen from.</param>
/// <param name="colours">From features to colours.</param>
/// <param name="context">What the first pixels tell the others; null where all are chosen at once.</param>
internal sealed class PaletteLogits(ModelSpec spec, Tensor map, Tensor visibility, Tensor features, Dense colours,
    PaletteContext? context)
{
    private int Rows => (spec.Height + 1) / 2;

    private int Columns => (spec.Width + 1) / 2;

    /// <summary>
    /// p(sprite | z) where the sprites are known, (B, H, W) bytes: their own first pixels tell the others.
    /// </summary>
    public PixelLogits Given(Tensor indices) =>
        Told(() => OneHot(InBlocks(indices).reshape(-1, 4).narrow(1, 0, 1).to_type(ScalarType.Int64)));

    /// <summary>The same for the sprites that ship up to their texture: the likeliest first pixels tell the others.</summary>
    public PixelLogits Chosen() => Told(() => OneHot(First.Likeliest().unsqueeze(1)));

    /// <summary>The likeliest palette index of each pixel, (B, H, W) bytes: what ships except for its texture.</summary>
    public Tensor Indices() => InPlanes(Chosen().Likeliest().unsqueeze(1)).squeeze(1).to_type(ScalarType.Byte);

    /// <summary>
    /// p(visible) times the mean of the premultiplied colours (K - 1, 4): (B, 4, H, W), premultiplied. The first pixels tell the
    /// others what they are expected to be.
    /// </summary>
    public Tensor Mean(Tensor palette)
    {
        PixelLogits said = Told(() =>
        {
            Tensor visible = First.Visibility.sigmoid().unsqueeze(1);
            return cat([visible.neg().add(1f), First.Colours().softmax(1).mul(visible)], 1);
        });
        return InPlanes(said.Colours().softmax(1).mm(palette).mul(said.Visibility.sigmoid().unsqueeze(1)));
    }

    /// <summary>Planes of pixels (B, H, W) in the order of blocks, (P); what an odd side lacks is 0.</summary>
    public static Tensor InBlocks(Tensor planes)
    {
        long height = planes.shape[1], width = planes.shape[2], rows = (height + 1) / 2, columns = (width + 1) / 2;
        if (height % 2 + width % 2 > 0) planes = nn.functional.pad(planes, [0, width % 2, 0, height % 2], value: 0);
        return planes.reshape(-1, rows, 2, columns, 2).permute(0, 1, 3, 2, 4).reshape(-1);
    }

    private PixelLogits First => new(visibility.select(1, 0), features.select(1, 0), colours);

    // With the first pixels' colours, (B R C, K).
    private PixelLogits Told(Func<Tensor> first)
    {
        if (context is null) return new(visibility.reshape(-1), features.reshape(-1, spec.PixelFeatures), colours);
        var (more, seen) = context.call(map, first());
        Tensor WithFirst(Tensor all, Tensor gain) => cat([all.narrow(1, 0, 1), all.narrow(1, 1, 3).add(gain)], 1);
        return new(WithFirst(visibility, seen).reshape(-1), WithFirst(features, more).reshape(-1, spec.PixelFeatures), colours);
    }

    // (B R C, 1) palette indices: (B R C, K)
    private Tensor OneHot(Tensor indices) => zeros(indices.shape[0], spec.Colours, device: indices.device)
        .scatter_(1, indices, ones_like(indices, ScalarType.Float32));

    // What is said of all pixels, (P, D), as planes (B, D, H, W).
    private Tensor InPlanes(Tensor pixels) => pixels.reshape(-1, Rows, Columns, 2, 2, pixels.shape[1]).permute(0, 5, 1, 3, 2, 4)
        .reshape(-1, pixels.shape[1], 2 * Rows, 2 * Columns).narrow(2, 0, spec.Height).narrow(3, 0, spec.Width);
}

/// <summary>What is said of some pixels (P): whether each is visible, and which colour it has if so.</summary>
/// <param name="visibility">(P): log-odds that a pixel is visible.</param>
/// <param name="features">(P, F).</param>
/// <param name="colours">From features to colours.</param>
internal sealed class PixelLogits(Tensor visibility, Tensor features, Dense colours)
{
    /// <summary>(P, F): what colours are chosen from.</summary>
    public Tensor Features => features;

    /// <summary>(P): the log-odds that a pixel is visible.</summary>
    public Tensor Visibility => visibility;

    /// <summary>
    /// Unnormalised log-probabilities of the visible colours, (V, K - 1), of the pixels that are named (V); (P, K - 1) where none
    /// are.
    /// </summary>
    public Tensor Colours(Tensor? pixels = null) => colours.call(pixels is null ? features : features.index_select(0, pixels));

    /// <summary>The likeliest palette index of each pixel, 0 where it is invisible: (P), 64-bit integers.</summary>
    public Tensor Likeliest() => Colours().argmax(1).add(1).mul(visibility.ge(0));
}
