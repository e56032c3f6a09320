using VaeContent.Trainer.Export.Onnx;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model;

/// <summary>
/// The end of a palette decoder: for each pixel whether it is visible, and which colour it has if so. p(pixel) = p(visible)
/// p(colour | visible). It sits on a map of half the sprite's size, each place of which speaks for a block of 2x2 pixels.
/// Features say what part of the sprite a pixel is; which colours that part has is decided once for the whole sprite, from the
/// latent: each feature is scaled and shifted by the sprite (FiLM, Perez et al. 2018), so that hair is not two colours where the
/// latent lies between two. K: colours of the palette, the transparent one at 0 included. F: features a pixel. R, C: rows and
/// columns of blocks, ceil(H/2) and ceil(W/2). P: pixels of all blocks, 4 B R C.
/// </summary>
internal sealed class PaletteHead : nn.Module<Tensor, Tensor, PaletteLogits>
{
    private const int SpriteUnits = 64;

    private readonly ModelSpec _spec;
    private readonly Dense _visibility, _features, _hidden, _film, _colours;
    private readonly Nonlinearity _act;

    /// <summary>Over a map of some channels, of sprites that are decoded from a code (latent, label, changes).</summary>
    public PaletteHead(ModelSpec spec, int channels, int code, WeightInit init) : base("palette")
    {
        _spec = spec;
        _visibility = new Dense("decoder.visibility", channels, 4, init);
        _features = new Dense("decoder.features", channels, 4 * spec.PixelFeatures, init);
        _hidden = new Dense("decoder.film.0", code, SpriteUnits, init, optional: spec.Augmentation);
        // Small at the start: at first all sprites share their features.
        _film = new Dense("decoder.film.1", SpriteUnits, 2 * spec.PixelFeatures, init, gain: 0.3f);
        _colours = new Dense("decoder.colours", spec.PixelFeatures, spec.Colours - 1, init);
        _act = new Nonlinearity("act", spec.Activation);
        RegisterComponents();
    }

    /// <summary>The layers that know neither the code nor the colours.</summary>
    public Dense[] Shared => [_visibility, _features, _film];

    /// <summary>The layer that sees the code.</summary>
    public Dense OfCode => _hidden;

    /// <summary>From the features of a pixel to its colour.</summary>
    public Dense Colours => _colours;

    private int Rows => (_spec.Height + 1) / 2;

    private int Columns => (_spec.Width + 1) / 2;

    /// <summary>map (B, M, R, C), code (B, Z + L), or (B, Z + L + A) with what sprites were changed by.</summary>
    public override PaletteLogits forward(Tensor map, Tensor code)
    {
        int f = _spec.PixelFeatures;
        long batch = map.shape[0];
        Tensor blocks = map.permute(0, 2, 3, 1).reshape(-1, map.shape[1]); // (B R C, M)
        Tensor part = _act.call(_features.call(blocks).reshape(batch, -1, f)); // (B, 4 R C, F)
        Tensor[] film = _film.call(_act.call(_hidden.call(code))).reshape(batch, 1, 2 * f).chunk(2, 2);
        Tensor features = addcmul(film[1], part, film[0].add(1f), 1f).reshape(-1, f); // (P, F)
        return new PaletteLogits(_spec, _visibility.call(blocks).reshape(-1), features, _colours);
    }

    /// <summary>
    /// The palette index of each pixel, (N, H, W) bytes: the likeliest one, up to <paramref name="texture"/>. The same function
    /// plane by plane, which takes half the time: what FiLM does to a sprite's features goes into its weights, (s part + t) W + b
    /// = part (s W) + (t W + b).
    /// </summary>
    public OnnxValue ToOnnx(OnnxGraph g, OnnxValue map, OnnxValue code, Texture texture)
    {
        int colours = _spec.Colours - 1, f = _spec.PixelFeatures, blocks = Rows * Columns;
        OnnxValue part = g.Reshape(_act.ToOnnx(g, _features.ToOnnxAtEachPlace(g, map)), 1, 4, f, blocks);
        OnnxValue film = _film.ToOnnx(g, _act.ToOnnx(g, _hidden.ToOnnx(g, code)));
        OnnxValue scale = g.Add(g.Slice(film, 1, 0, f), g.Constant(1f)), shift = g.Slice(film, 1, f, 2 * f); // (N, F)
        var (weights, bias) = _colours.ToOnnxWeights(g);
        (weights, bias) = (g.Scale(weights, OnnxGraph.FarApart), g.Scale(bias, OnnxGraph.FarApart));
        OnnxValue ofSprite = g.Mul(g.Transpose(weights, 1, 0), g.Reshape(scale, 1, 1, f)); // (N, K - 1, F)
        OnnxValue logits = g.MatMul(g.Reshape(ofSprite, 1, 1, colours, f), part); // (N, 4, K - 1, R C)
        logits = g.Add(logits, g.Reshape(g.Gemm(shift, weights, bias), 1, 1, colours, 1));
        if (texture.Grain > 0f) logits = Grain.Add(g, logits, Rows, Columns, texture.Grain * OnnxGraph.FarApart);
        OnnxValue visible = g.GreaterOrEqual(_visibility.ToOnnxAtEachPlace(g, map), g.Constant(0f));
        OnnxValue best = g.IndexOfLargest(logits, axis: 2, first: 1); // (N, 4, 1, R C)
        OnnxValue Planes(OnnxValue indices) => g.Where(visible, g.Reshape(indices, 1, 4, Rows, Columns), 0f);
        if (texture.Smoothing > 0f) best = PottsSmoothing.Step(g, logits, best, Planes(best), texture.Smoothing);
        OnnxValue plane = g.Reshape(g.DepthToSpace(Planes(best)), 1, 2 * Rows, 2 * Columns);
        return g.Cast(g.Crop(plane, _spec.Height, _spec.Width), ElementType.UInt8);
    }
}

/// <summary>
/// What a palette decoder says of B sprites, pixel by pixel in the order of blocks of 2x2 (see <see cref="PaletteHead"/>).
/// </summary>
internal sealed class PaletteLogits(ModelSpec spec, Tensor visibility, Tensor features, Dense colours)
{
    /// <summary>(P): the log-odds that a pixel is visible.</summary>
    public Tensor Visibility => visibility;

    /// <summary>
    /// Unnormalised log-probabilities of the visible colours, (V, K - 1), of some pixels (V); of all, (P, K - 1), where none are
    /// named.
    /// </summary>
    public Tensor Colours(Tensor? pixels = null) => colours.call(pixels is null ? features : features.index_select(0, pixels));

    /// <summary>p(visible) times the mean of the premultiplied colours (K - 1, 4): (B, 4, H, W), premultiplied.</summary>
    public Tensor Mean(Tensor palette)
    {
        int rows = (spec.Height + 1) / 2, columns = (spec.Width + 1) / 2;
        Tensor visible = visibility.sigmoid().reshape(-1, 1), expected = Colours().softmax(1).mm(palette).mul(visible); // (P, 4)
        Tensor blocks = expected.reshape(-1, rows, columns, 2, 2, 4);
        return blocks.permute(0, 5, 1, 3, 2, 4).reshape(-1, 4, 2 * rows, 2 * columns).narrow(2, 0, spec.Height)
            .narrow(3, 0, spec.Width);
    }

    /// <summary>The likeliest palette index of each pixel, (B, H, W) bytes: what ships except for its texture.</summary>
    public Tensor Indices()
    {
        int rows = (spec.Height + 1) / 2, columns = (spec.Width + 1) / 2;
        Tensor best = where(visibility.ge(0), Colours().argmax(1).add(1), zeros_like(visibility, ScalarType.Int64))
            .to_type(ScalarType.Byte);
        return best.reshape(-1, rows, columns, 2, 2).permute(0, 1, 3, 2, 4).reshape(-1, 2 * rows, 2 * columns)
            .narrow(1, 0, spec.Height).narrow(2, 0, spec.Width);
    }

    /// <summary>Planes of pixels (B, H, W) in the order of blocks, (P); what an odd side lacks is 0.</summary>
    public static Tensor InBlocks(Tensor planes)
    {
        long height = planes.shape[1], width = planes.shape[2], rows = (height + 1) / 2, columns = (width + 1) / 2;
        if (height % 2 + width % 2 > 0) planes = nn.functional.pad(planes, [0, width % 2, 0, height % 2], value: 0);
        return planes.reshape(-1, rows, 2, columns, 2).permute(0, 1, 3, 2, 4).reshape(-1);
    }
}
