using System.Linq;
using NUnit.Framework;
using TorchSharp;
using VaeContent.Tests.Trainer.Model;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Export;

/// <summary>Shades from sums over pixels, and from sprites.</summary>
public sealed class ShadeFitTests
{
    private const int Features = 6, Pixels = 40_000;

    // Levels that two directions of correlated features explain, for each of three colours in its own way, under noise.
    [Test]
    public void MapsOfFewDirectionsAreFound()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor mix = TinyModels.Normal(1, Features, Features).mul(0.2f).add(eye(Features)).to_type(ScalarType.Float64);
        Tensor directions = TinyModels.Normal(2, 2, Features).to_type(ScalarType.Float64);
        Tensor squares = zeros(3, Features + 1, Features + 1, ScalarType.Float64),
            products = zeros(3, Features + 1, 3, ScalarType.Float64);
        var maps = new Tensor[3];
        for (int k = 0; k < 3; k++)
        {
            Tensor x = TinyModels.Normal(3 + k, Pixels, Features).to_type(ScalarType.Float64).mm(mix).add(k);
            x = cat([x, ones(Pixels, 1, ScalarType.Float64)], 1);
            Tensor slopes = TinyModels.Normal(7 + k, 3, 2).to_type(ScalarType.Float64).mul(5).mm(directions);
            maps[k] = cat([slopes, TinyModels.Normal(11 + k, 3, 1).to_type(ScalarType.Float64)], 1); // (3, F + 1)
            Tensor y = x.mm(maps[k].t()).add(TinyModels.Normal(15 + k, Pixels, 3).to_type(ScalarType.Float64).mul(10));
            squares[k] = x.t().mm(x);
            products[k] = x.t().mm(y);
        }
        Shades found = ShadeFit.Fit(squares, products, directions: 2);
        Assert.That((found.Directions.GetLength(0), found.Slopes.GetLength(0)), Is.EqualTo((2, 3)));
        for (int k = 0; k < 3; k++)
        {
            float[] x = TinyModels.Normal(20, Features).add(k).ToArray();
            double[] expected = maps[k].mv(cat([tensor(x), ones(1)]).to_type(ScalarType.Float64)).data<double>().ToArray();
            for (int c = 0; c < 3; c++)
                Assert.That(ShadesTests.Level(found, k, c, x), Is.EqualTo(expected[c]).Within(1), $"colour {k}, channel {c}");
        }
    }

    // A decoder that paints every pixel red, of sprites that are all 16 levels brighter.
    [Test]
    public void WhatAllPixelsLackIsAdded()
    {
        ModelSpec spec = TinyModels.Specs["conv + palette"] with { Colours = 2 };
        using var model = new VaeModel(spec, seed: 3);
        model.Decoder.SetFlat([.. model.Decoder.Flat().Select(weight => weight * 1e-3f)]); // all pixels are visible
        Rgba32[] brighter = [.. Enumerable.Repeat(new Rgba32(116, 30, 20), spec.Width * spec.Height)];
        var palette = new ColourPalette(new Palette([default, new Rgba32(100, 30, 20)]));
        SpriteSet set = new(spec.Width, spec.Height, [.. Enumerable.Range(0, 32).Select(i => new Sprite($"{i}.png", brighter))],
            [], null, new DataReport());
        var posteriors = new Posteriors(spec.Latent, TinyModels.Normal(4, 32 * spec.Latent).ToArray(),
            new float[32 * spec.Latent]);
        Shades found = ShadeFit.Fit(model, palette, set, posteriors);
        double[] levels = [.. Enumerable.Range(0, 3).Select(c => ShadesTests.Level(found, 0, c, new float[spec.PixelFeatures]))];
        Assert.That(levels, Is.EqualTo(new[] { 16.0, 0, 0 }).Within(0.1));
    }
}
