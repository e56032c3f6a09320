using System.Linq;
using VaeContent.Trainer.Export.Onnx;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model;

/// <summary>
/// The end of a palette decoder: for each pixel whether it is visible, and which colour it has if so. p(pixel) = p(visible)
/// p(colour | visible). It sits on a map of half the sprite's size, each place of which speaks for a block of 2x2 pixels.
/// Features say what part of the sprite a pixel is; which colours that part has is decided once for the whole sprite, from the
/// latent: each feature is scaled and shifted by the sprite (FiLM, Perez et al. 2018), so that hair is not two colours where the
/// latent lies between two. Three of the four pixels of a block also see what the first ones around became: see <see
/// cref="PaletteContext"/>. K: colours of the palette, the transparent one at 0 included. F: features a pixel. R, C: rows and
/// columns of blocks, ceil(H/2) and ceil(W/2). P: pixels of all blocks, 4 B R C.
/// </summary>
internal sealed class PaletteHead : nn.Module<Tensor, Tensor, PaletteLogits>
{
    private const int SpriteUnits = 64;

    private readonly ModelSpec _spec;
    private readonly Dense _visibility, _features, _hidden, _film, _colours;
    private readonly PaletteContext? _context;
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
        _context = spec.ContextChannels > 0 ? new PaletteContext(spec, channels, init) : null;
        _act = new Nonlinearity("act", spec.Activation);
        RegisterComponents();
    }

    /// <summary>The layers that know neither the code nor the colours.</summary>
    public Dense[] Shared => [_visibility, _features, _film];

    /// <summary>The layer that sees the code.</summary>
    public Dense OfCode => _hidden;

    /// <summary>From the features of a pixel to its colour.</summary>
    public Dense Colours => _colours;

    /// <summary>What the first pixel of each block tells the others; null where all are chosen at once.</summary>
    public PaletteContext? Context => _context;

    private int Rows => (_spec.Height + 1) / 2;

    private int Columns => (_spec.Width + 1) / 2;

    /// <summary>map (B, M, R, C), code (B, Z + L), or (B, Z + L + A) with what sprites were changed by.</summary>
    public override PaletteLogits forward(Tensor map, Tensor code)
    {
        int f = _spec.PixelFeatures;
        long batch = map.shape[0];
        Tensor blocks = map.InRows(); // (B R C, M)
        Tensor part = _act.call(_features.call(blocks).reshape(batch, -1, f)); // (B, 4 R C, F)
        Tensor[] film = _film.call(_act.call(_hidden.call(code))).reshape(batch, 1, 2 * f).chunk(2, 2);
        Tensor features = addcmul(film[1], part, film[0].add(1f), 1f).reshape(-1, 4, f);
        return new PaletteLogits(_spec, map, _visibility.call(blocks), features, _colours, _context);
    }

    /// <summary>
    /// The palette index of each pixel, (N, H, W) bytes, or RGBA with shades, (N, H, W, 4): the likeliest one, up to the texture.
    /// The same function plane by plane, which takes half the time.
    /// </summary>
    public OnnxValue ToOnnx(OnnxGraph g, OnnxValue map, OnnxValue code, PixelOutput output)
    {
        Texture texture = output.Texture;
        int colours = _spec.Colours - 1, f = _spec.PixelFeatures, blocks = Rows * Columns;
        OnnxValue features = Features(g, map, code), visibility = _visibility.ToOnnxAtEachPlace(g, map); // (N, 4, R, C)
        var (weights, bias) = _colours.ToOnnxWeights(g);
        weights = g.Reshape(g.Transpose(g.Scale(weights, OnnxGraph.FarApart), 1, 0), 1, 1, colours, f);
        bias = g.Reshape(g.Scale(bias, OnnxGraph.FarApart), 1, 1, colours, 1);

        OnnxValue[] logits; // (N, 4, K - 1, R C) together
        OnnxValue[] seen; // what they were chosen from
        if (_context is null)
        {
            seen = [features];
            logits = [Logits(features, 0, 4)];
        }
        else
        {
            OnnxValue alone = g.Slice(features, 1, 0, 1), first = Logits(alone, 0, 1), ofFirst = g.Slice(visibility, 1, 0, 1);
            var (more, alsoSeen) = _context.ToOnnx(g, map, OneHot(first, g.GreaterOrEqual(ofFirst, g.Constant(0f))));
            visibility = g.Concat(1, ofFirst, g.Sum(g.Slice(visibility, 1, 1, 4), alsoSeen));
            seen = [alone, g.Sum(g.Slice(features, 1, 1, 4), g.Reshape(more, 1, 3, f, blocks))];
            logits = [first, Logits(seen[1], 1, 4)];
        }
        if (texture.Islands > 0f) visibility = Islands.Step(g, visibility, texture.Islands);
        if (texture is not { Strays: 0f, Gaps: 0f })
            visibility = OutlineSmoothing.Step(g, visibility, texture.Strays, texture.Gaps);
        OnnxValue visible = g.GreaterOrEqual(visibility, g.Constant(0f));
        if (texture.Agreement > 0f)
            logits = [ColourAgreement.Step(g, output.Pairs!, SpriteRegions.ForSize(_spec.Width, _spec.Height),
                g.Concat(1, logits), visibility, texture.Agreement)];
        OnnxValue best = g.Concat(1, [.. logits.Select(some => g.IndexOfLargest(some, axis: 2, first: 1))]); // (N, 4, 1, R C)
        OnnxValue Planes(OnnxValue indices) => g.Where(visible, g.Reshape(indices, 1, 4, Rows, Columns), 0f);
        if (texture.Smoothing > 0f)
            best = PottsSmoothing.Step(g, g.Concat(1, logits), best, Planes(best), texture.Smoothing);
        if (texture.Shades) return Rgba(g, visibility, output.Shades!.Paint(g, best, g.Concat(1, seen), output.Palette!));
        OnnxValue plane = g.Reshape(g.DepthToSpace(Planes(best)), 1, 2 * Rows, 2 * Columns);
        return g.Cast(g.Crop(plane, _spec.Height, _spec.Width), ElementType.UInt8);

        // (N, K, R, C) of pixels (N, 1, K - 1, R C) and whether they are visible.
        OnnxValue OneHot(OnnxValue of, OnnxValue isVisible)
        {
            OnnxValue largest = g.OneHotOfLargest(of, axis: 2);
            return g.Concat(1, g.Where(isVisible, g.Constant(0f), 1f),
                g.Where(isVisible, g.Reshape(largest, 1, colours, Rows, Columns), 0f));
        }

        // Of pixels start..end-1 of each block, times OnnxGraph.FarApart.
        OnnxValue Logits(OnnxValue of, int start, int end)
        {
            OnnxValue found = g.Add(g.MatMul(weights, of), bias);
            return texture.Grain == 0f ? found : Grain.Apply(g, weights, bias, of, found,
                Grain.Pattern(g, Rows, Columns, colours, start, end), output.Palette!, texture.Grain);
        }
    }

    // The features of all pixels, (N, 4, F, R C).
    private OnnxValue Features(OnnxGraph g, OnnxValue map, OnnxValue code)
    {
        int f = _spec.PixelFeatures;
        OnnxValue part = g.Reshape(_act.ToOnnx(g, _features.ToOnnxAtEachPlace(g, map)), 1, 4, f, Rows * Columns);
        OnnxValue film = _film.ToOnnx(g, _act.ToOnnx(g, _hidden.ToOnnx(g, code)));
        OnnxValue scale = g.Add(g.Slice(film, 1, 0, f), g.Constant(1f)), shift = g.Slice(film, 1, f, 2 * f); // (N, F)
        return g.Add(g.Mul(part, g.Reshape(scale, 1, 1, f, 1)), g.Reshape(shift, 1, 1, f, 1));
    }

    // Red, green, blue and alpha of all pixels, (N, 4, 4, R C), where they are visible, to bytes (N, H, W, 4).
    private OnnxValue Rgba(OnnxGraph g, OnnxValue visibility, OnnxValue painted)
    {
        OnnxValue isVisible = g.GreaterOrEqual(g.Reshape(visibility, 1, 4, 1, Rows * Columns), g.Constant(0f));
        OnnxValue shown = g.Transpose(g.Where(isVisible, painted, 0f), 0, 2, 1, 3);
        OnnxValue rgba = g.DepthToSpace(g.Reshape(shown, 1, 16, Rows, Columns));
        return PixelOutput.Bytes(g, g.Min(g.Relu(g.Crop(rgba, _spec.Height, _spec.Width)), g.Constant(255f)));
    }
}
