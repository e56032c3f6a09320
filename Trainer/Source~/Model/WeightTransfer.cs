using System;
using System.Collections.Generic;
using System.Linq;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model;

/// <summary>
/// Starts a model with the weights of another one, which may be of another size of sprites, other labels and another palette.
/// Layers pair up by how far from the sprite they lie. What reads or writes the innermost map is stretched to the new one's rows
/// and columns. A palette's colours start as the other palette's nearest ones. Layers of other widths, and what tells of
/// labels, stay as they are.
/// </summary>
internal sealed class WeightTransfer
{
    private readonly VaeModel _to, _from;
    private long _taken;

    private WeightTransfer(VaeModel to, VaeModel from) => (_to, _from) = (to, from);

    /// <summary>Copies what suits; returns how many of the model's weights come from <paramref name="from"/>.</summary>
    /// <param name="to">Whose weights change.</param>
    /// <param name="from">Whose are taken.</param>
    /// <param name="colours">For each visible colour of the new palette, the place among the visible colours of the other one;
    /// empty where there are none to compare.</param>
    public static long Copy(VaeModel to, VaeModel from, IReadOnlyList<int> colours)
    {
        using IDisposable scope = NewDisposeScope(), _ = no_grad();
        var transfer = new WeightTransfer(to, from);
        transfer.Encoder();
        transfer.Decoder();
        transfer.Head(colours);
        return transfer._taken;
    }

    private void Encoder()
    {
        foreach (var (layer, other) in Layers<Convolution>(_to.Encoder).Zip(Layers<Convolution>(_from.Encoder)))
            Take(layer, other);
        Architectures.EncoderShape inner = Architectures.Encoder(_to.Spec), before = Architectures.Encoder(_from.Spec);
        Layer[] into = [.. Layers<Dense>(_to.Encoder)], given = [.. Layers<Dense>(_from.Encoder)];
        int channels = Channels(_from.Spec);
        if (into.Length != given.Length || channels != Channels(_to.Spec)) return;
        // A larger map has more places to sum over.
        int places = before.InnerHeight * before.InnerWidth;
        Tensor seen = given[0].Weights.narrow(1, 0, channels * places);
        seen = Stretch(seen, channels, (before.InnerHeight, before.InnerWidth), (inner.InnerHeight, inner.InnerWidth))
            .mul((double)places / (inner.InnerHeight * inner.InnerWidth));
        Take(into[0], given[0] with { Weights = Told(seen, into[0], given[0]) });
        for (int i = 1; i < into.Length; i++) Take(into[i], given[i]);
    }

    private void Decoder()
    {
        Architectures.DecoderShape inner = Architectures.Decoder(_to.Spec), before = Architectures.Decoder(_from.Spec);
        Layer[] into = [.. Layers<Dense>(_to.Decoder.Map)], given = [.. Layers<Dense>(_from.Decoder.Map)];
        if (into.Length == given.Length && inner.Channels == before.Channels)
        {
            Tensor Map(Tensor rows) =>
                Stretch(rows, before.Channels, (before.Height, before.Width), (inner.Height, inner.Width));
            given[0] = OfCode(into[0], given[0]);
            given[^1] = new Layer(Map(given[^1].Weights.t()).t(), Map(given[^1].Bias.unsqueeze(0)).squeeze(0));
            foreach (var (layer, other) in into.Zip(given)) Take(layer, other);
        }
        // From the sprite inwards; a palette's head takes the place of the outermost.
        int missing = (_from.Spec.HasPalette ? 1 : 0) - (_to.Spec.HasPalette ? 1 : 0);
        IEnumerable<Layer> ups = Layers<Upsample>(_to.Decoder.Map).Reverse().Skip(missing),
            others = Layers<Upsample>(_from.Decoder.Map).Reverse().Skip(-missing);
        foreach (var (layer, other) in ups.Zip(others)) Take(layer, other);
    }

    private void Head(IReadOnlyList<int> colours)
    {
        if (_to.Decoder.Palette is not { } head || _from.Decoder.Palette is not { } other) return;
        foreach (var (layer, given) in head.Shared.Zip(other.Shared)) Take(Layer.FromModule(layer), Layer.FromModule(given));
        Take(Layer.FromModule(head.OfCode), OfCode(Layer.FromModule(head.OfCode), Layer.FromModule(other.OfCode)));
        foreach (var (layer, given) in (head.Context?.Shared ?? []).Zip(other.Context?.Shared ?? []))
            Take(Layer.FromModule(layer), Layer.FromModule(given));
        if (colours.Count == 0) return;
        Tensor rows = tensor([.. colours.Select(colour => (long)colour)]);
        Layer known = Layer.FromModule(other.Colours);
        Take(Layer.FromModule(head.Colours), new Layer(known.Weights.index_select(0, rows), known.Bias.index_select(0, rows)));
        if (head.Context is null || other.Context is null) return;
        known = Layer.FromModule(other.Context.Colours); // with the transparent one at 0
        Tensor columns = cat([zeros(1, ScalarType.Int64), rows.add(1)]);
        Take(Layer.FromModule(head.Context.Colours), known with { Weights = known.Weights.index_select(1, columns) });
    }

    // A layer that sees the code, with the new labels' weights between the latent's and those of the changes.
    private Layer OfCode(Layer into, Layer given) =>
        given with { Weights = Told(given.Weights.narrow(1, 0, _from.Spec.Latent), into, given) };

    private Tensor Told(Tensor seen, Layer into, Layer given)
    {
        int told = _from.Spec.Augmentation == _to.Spec.Augmentation ? _to.Spec.Augmentation : 0;
        long labels = into.Weights.shape[1] - seen.shape[1] - told;
        if (labels < 0 || into.Weights.shape[0] != seen.shape[0]) return seen; // it is not taken
        _taken -= labels * seen.shape[0];
        return cat([seen, into.Weights.narrow(1, seen.shape[1], labels),
            given.Weights.narrow(1, given.Weights.shape[1] - told, told)], 1);
    }

    private void Take(Layer into, Layer given)
    {
        if (!into.Weights.shape.SequenceEqual(given.Weights.shape) || !into.Bias.shape.SequenceEqual(given.Bias.shape)) return;
        into.Weights.copy_(given.Weights);
        into.Bias.copy_(given.Bias);
        _taken += into.Weights.numel() + into.Bias.numel();
    }

    // rows (R, C h w) to (R, C H W)
    private static Tensor Stretch(Tensor rows, int channels, (int Height, int Width) from, (int Height, int Width) to)
    {
        if (from == to) return rows;
        Tensor maps = rows.reshape(-1, channels, from.Height, from.Width);
        return nn.functional.interpolate(maps, size: [to.Height, to.Width], mode: InterpolationMode.Bilinear,
            align_corners: false).flatten(1);
    }

    private static int Channels(ModelSpec spec) => Architectures.Encoder(spec).Convolutions is { Count: > 0 } convolutions
        ? convolutions[^1] : spec.PixelChannels;

    private static IEnumerable<Layer> Layers<T>(nn.Module module) where T : nn.Module =>
        module.modules().OfType<T>().Select(Layer.FromModule);

    private sealed record Layer(Tensor Weights, Tensor Bias)
    {
        public static Layer FromModule(nn.Module layer) =>
            layer.parameters().ToArray() is [var weights, var bias] ? new(weights, bias)
                : throw new InvalidOperationException($"{layer.GetName()} has not weights and a bias");
    }
}
