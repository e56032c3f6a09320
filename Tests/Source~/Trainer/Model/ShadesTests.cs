using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>What shades make of palette colours, by plain loops.</summary>
public sealed class ShadesTests
{
    private const int Sprites = 2, Pixels = 4, Features = 5, Blocks = 6, Colours = 7;

    [Test]
    public void EachColourMapsFeaturesToLevelsInSteps()
    {
        Shades shades = TinyModels.Shades(Colours, Features, seed: 3);
        Rgba32[] palette = TinyModels.Palette(Colours + 1);
        palette[2] = new(10, 20, 30, 90);
        var g = new OnnxGraph();
        OnnxValue best = g.Input("best", ElementType.Float, 1, Pixels, 1, Blocks),
            features = g.Input("features", ElementType.Float, 1, Pixels, Features, Blocks);
        g.Output(shades.Paint(g, best, features, palette), "y");
        var draws = new Sampler(4);
        Tensor chosen = tensor((float[])[.. Enumerable.Range(0, Sprites * Pixels * Blocks)
            .Select(i => 1f + draws.Below(Colours, i))]).reshape(Sprites, Pixels, 1, Blocks);
        Tensor seen = TinyModels.Normal(5, Sprites, Pixels, Features, Blocks);
        Tensor found = OnnxRun.Run(g.ToBytes(), ("best", chosen), ("features", seen))["y"];
        Assert.That(found.shape, Is.EqualTo(new long[] { Sprites, Pixels, 4, Blocks }));
        for (int i = 0; i < Sprites * Pixels * Blocks; i++)
        {
            var (sprite, pixel, block) = (i / Pixels / Blocks, i / Blocks % Pixels, i % Blocks);
            int colour = (int)chosen[sprite, pixel, 0, block].item<float>();
            Rgba32 plain = palette[colour];
            float[] x = seen[sprite, pixel, .., block].ToArray(), shown = found[sprite, pixel, .., block].ToArray();
            Assert.That(shown[3], Is.EqualTo(plain.A));
            for (int c = 0; c < 3; c++)
            {
                double steps = Level(shades, colour - 1, c, x) / 6, level = c == 0 ? plain.R : c == 1 ? plain.G : plain.B;
                if (Math.Abs(steps - Math.Floor(steps) - 0.5) < 1e-3) continue; // either way
                Assert.That(shown[c], Is.EqualTo(level + (6 * Math.Round(steps))), $"sprite {sprite}, pixel {pixel}, {c}");
            }
        }
    }

    /// <summary>How far a colour, counted from 0, is from what is seen, in one channel.</summary>
    internal static double Level(Shades shades, int colour, int channel, float[] features) => shades.Offsets[colour, channel]
        + Enumerable.Range(0, shades.Directions.GetLength(0)).Sum(d => (double)shades.Slopes[colour, channel, d]
            * features.Select((feature, f) => (double)feature * shades.Directions[d, f]).Sum());
}
