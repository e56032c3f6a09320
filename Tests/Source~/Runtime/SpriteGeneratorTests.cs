using System;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Tests.Runtime
{
    public sealed class SpriteGeneratorTests
    {
        private const int Pixels = TestBundles.Width * TestBundles.Height;

        private static readonly string[] Kinds =
        {
            "rgba", "indexed", "rgba conditional", "indexed conditional", "mixture", "perceptron", "convolutional",
            "network", "network labelled", "network conditional", "network of a conditional"
        };

        [TestCaseSource(nameof(Kinds))]
        public void SameSeedGivesSameSprite(string kind)
        {
            using var one = new SpriteGenerator(Bundle(kind));
            using var two = new SpriteGenerator(Bundle(kind), new GeneratorOptions { Threads = 2 });
            for (long seed = -20; seed < 20; seed++)
            {
                var first = one.Generate(seed).ToArray();
                Assert.That(first, Has.Length.EqualTo(one.PixelCount));
                Assert.That(two.Generate(seed).ToArray(), Is.EqualTo(first), "two threads, seed " + seed);
                Assert.That(one.Generate(seed).ToArray(), Is.EqualTo(first), "again, seed " + seed);
            }

            Assert.That(one.Generate(1).ToArray(), Is.Not.EqualTo(one.Generate(2).ToArray()));
        }

        [TestCaseSource(nameof(Kinds))]
        public void GenerateIsDecodeOfItsLatent(string kind)
        {
            var bundle = Bundle(kind);
            using var sprites = new SpriteGenerator(bundle);
            var latent = new float[bundle.LatentSize];
            string? label = bundle.Labels.Count > 0 ? "slime" : null;
            for (long seed = 0; seed < 20; seed++)
            {
                var generated = sprites.Generate(seed, label, 0.9f).ToArray();
                Assert.That(sprites.Latent.ToArray(), Is.Not.All.Zero);
                float[] shown = sprites.Latent.ToArray();
                sprites.SampleLatent(seed, latent, label, 0.9f);
                Assert.That(latent, Is.EqualTo(shown));
                Assert.That(sprites.Decode(latent, label).ToArray(), Is.EqualTo(generated));
            }
        }

        [TestCaseSource(nameof(Kinds))]
        public void BatchesEqualSingles(string kind)
        {
            var bundle = Bundle(kind);
            using var sprites = new SpriteGenerator(bundle, new GeneratorOptions { BatchSize = 16 });
            foreach (int count in new[] { 0, 1, 2, 5, 15, 16, 17, 40 })
            {
                var batch = new Rgba32[count * sprites.PixelCount + 3];
                sprites.GenerateBatch(100, count, batch);
                for (int i = 0; i < count; i++)
                {
                    var single = sprites.Generate(100 + i).ToArray();
                    Assert.That(batch.AsSpan(i * single.Length, single.Length).SequenceEqual(single),
                        "sprite " + i + " of " + count);
                }

                Assert.That(batch.AsSpan(count * sprites.PixelCount).ToArray(), Is.All.EqualTo(default(Rgba32)),
                    "beyond the batch");
            }
        }

        [TestCase(1, 256, 16)]
        [TestCase(2, 256, 32)]
        [TestCase(1, 8, 8)]
        public void TheCpuTakesLargeBatchesInPartsOfSixteenAThread(int threads, int batchSize, int part)
        {
            using var sprites = new SpriteGenerator(Bundle("rgba"), new GeneratorOptions
            {
                Device = Device.Cpu,
                Threads = threads,
                BatchSize = batchSize
            });
            Assert.That(sprites.BatchSize, Is.EqualTo(part));
            var batch = new Rgba32[70 * sprites.PixelCount];
            sprites.GenerateBatch(0, 70, batch);
            for (int i = 0; i < 70; i++)
                Assert.That(batch.AsSpan(i * sprites.PixelCount, sprites.PixelCount).SequenceEqual(sprites.Generate(i)),
                    "sprite " + i);
        }

        [TestCase(false)]
        [TestCase(true)]
        public void TruncationHoldsForSinglesBatchesAndLatents(bool network)
        {
            var bundle = TestBundles.Load(network ? TestBundles.Network() : TestBundles.Indexed());
            using var free = new SpriteGenerator(bundle);
            using var tame = new SpriteGenerator(bundle, new GeneratorOptions { Truncation = 0.3f });
            var batch = new Rgba32[8 * tame.PixelCount];
            tame.GenerateBatch(0, 8, batch);
            bool differs = false;
            for (int seed = 0; seed < 8; seed++)
            {
                var pixels = tame.Generate(seed).ToArray();
                Assert.That(batch.AsSpan(seed * tame.PixelCount, tame.PixelCount).ToArray(), Is.EqualTo(pixels));
                var z = new float[bundle.LatentSize];
                tame.SampleLatent(seed, z);
                Assert.That(tame.Decode(z).ToArray(), Is.EqualTo(pixels));
                differs |= !pixels.AsSpan().SequenceEqual(free.Generate(seed));
            }

            Assert.That(differs);
            Assert.That(() => new SpriteGenerator(bundle, new GeneratorOptions { Truncation = 9f }),
                Throws.TypeOf<System.ArgumentOutOfRangeException>());
        }

        [Test]
        public void DecodeBatchEqualsDecode()
        {
            foreach (string kind in Kinds)
            {
                var bundle = Bundle(kind);
                string? label = bundle.IsConditional ? "bat" : null;
                using var sprites = new SpriteGenerator(bundle, new GeneratorOptions { BatchSize = 4 });
                var latents = new float[7 * bundle.LatentSize];
                for (int i = 0; i < 7; i++) sprites.SampleLatent(i, latents.AsSpan(i * bundle.LatentSize, bundle.LatentSize));
                var batch = new Rgba32[7 * sprites.PixelCount];
                sprites.DecodeBatch(latents, 7, batch, label);
                for (int i = 0; i < 7; i++)
                {
                    var single = sprites.Decode(latents.AsSpan(i * bundle.LatentSize, bundle.LatentSize), label).ToArray();
                    Assert.That(batch.AsSpan(i * single.Length, single.Length).SequenceEqual(single), kind + ", sprite " + i);
                }
            }
        }

        [TestCaseSource(nameof(Kinds))]
        public void CallsAllocateNothing(string kind)
        {
            var bundle = Bundle(kind);
            string? label = bundle.Labels.Count > 0 ? "bat" : null;
            using var sprites = new SpriteGenerator(bundle, new GeneratorOptions { BatchSize = 4 });
            var batch = new Rgba32[9 * sprites.PixelCount];
            var latent = new float[bundle.LatentSize];
            void Calls(int seed)
            {
                sprites.Generate(seed);
                sprites.Generate(seed, label, 0.5f, bundle.Palette);
                sprites.Interpolate(seed, seed + 1, 0.3f);
                sprites.Interpolate(seed, seed + 1, 0.4f);
                sprites.SampleLatent(seed, latent, label);
                sprites.Decode(latent, label);
                if (seed % 10 == 0) sprites.GenerateBatch(seed, 9, batch, label);
            }

            Assert.That(Allocation.Least(() => { for (int seed = 0; seed < 1000; seed++) Calls(seed); }), Is.Zero);
        }

        [TestCaseSource(nameof(Kinds))]
        public void InterpolationMeetsBothSprites(string kind)
        {
            using var sprites = new SpriteGenerator(Bundle(kind));
            Assert.That(sprites.Interpolate(3, 8, 0f).ToArray(), Is.EqualTo(sprites.Generate(3).ToArray()));
            Assert.That(sprites.Interpolate(3, 8, 1f).ToArray(), Is.EqualTo(sprites.Generate(8).ToArray()));
            Assert.That(sprites.Interpolate(3, 8, 0.5f).ToArray(), Is.Not.EqualTo(sprites.Generate(3).ToArray()));
        }

        [Test]
        public void PixelsAreWhatTheGraphComputes()
        {
            // The decoder by hand: sigmoid(z W + b) * 255, rounded.
            var model = TestBundles.Rgba();
            float[] w = Floats(model, "w"), b = Floats(model, "b"), z = new float[TestBundles.Z];
            using var sprites = new SpriteGenerator(TestBundles.Load(model));
            sprites.SampleLatent(11, z);
            var pixels = sprites.Generate(11).ToArray();
            for (int i = 0; i < Pixels; i++)
            {
                var expected = Enumerable.Range(0, 4).Select(c =>
                {
                    double logit = b[i * 4 + c] + Enumerable.Range(0, TestBundles.Z).Sum(k =>
                        (double)z[k] * w[k * Pixels * 4 + i * 4 + c]);
                    return 255 / (1 + Math.Exp(-logit));
                }).ToArray();
                Assert.That(pixels[i].R, Is.EqualTo(expected[0]).Within(0.51));
                Assert.That(pixels[i].G, Is.EqualTo(expected[1]).Within(0.51));
                Assert.That(pixels[i].B, Is.EqualTo(expected[2]).Within(0.51));
                Assert.That(pixels[i].A, Is.EqualTo(expected[3]).Within(0.51));
            }
        }

        [Test]
        public void PaletteSwapChangesColoursAndKeepsIndices()
        {
            var bundle = Bundle("indexed");
            using var sprites = new SpriteGenerator(bundle);
            var own = sprites.Generate(5).ToArray();
            var indices = sprites.Indices.ToArray();
            var turned = bundle.Palette!.ShiftHue(90f);
            var swapped = sprites.Generate(5, palette: turned).ToArray();
            Assert.That(sprites.Indices.ToArray(), Is.EqualTo(indices));
            Assert.That(indices.Distinct().Count(), Is.GreaterThan(2));
            for (int i = 0; i < Pixels; i++)
            {
                Assert.That(own[i], Is.EqualTo(bundle.Palette[indices[i]]));
                Assert.That(swapped[i], Is.EqualTo(turned[indices[i]]));
            }

            var batch = new Rgba32[Pixels];
            sprites.GenerateBatch(5, 1, batch, palette: turned);
            Assert.That(batch, Is.EqualTo(swapped));
        }

        [Test]
        public void WrongPalettesAreRefused()
        {
            var two = new Palette(new[] { default, new Rgba32(1, 1, 1) });
            using var indexed = new SpriteGenerator(Bundle("indexed"));
            using var rgba = new SpriteGenerator(Bundle("rgba"));
            Assert.That(() => { indexed.Generate(1, palette: two); },
                Throws.ArgumentException.With.Message.Contains("7 colours"));
            Assert.That(() => { rgba.Generate(1, palette: two); }, Throws.ArgumentException.With.Message.Contains("no palette"));
            Assert.That(rgba.Indices.Length, Is.Zero);
        }

        [Test]
        public void LabelsSteerConditionalModels()
        {
            var bundle = Bundle("indexed conditional");
            using var sprites = new SpriteGenerator(bundle);
            var perLabel = TestBundles.Labels.Select(l => sprites.Generate(4, l).ToArray()).ToArray();
            Assert.That(perLabel[0], Is.Not.EqualTo(perLabel[1]));
            Assert.That(sprites.Generate(4).ToArray(), Is.EqualTo(perLabel[bundle.Prior.PickLabel(4)]));
            Assert.That(() => { sprites.Generate(4, "dragon"); },
                Throws.ArgumentException.With.Message.Contains("'dragon'; it has: knight, slime, bat"));
            Assert.That(() => { sprites.Decode(new float[TestBundles.Z]); },
                Throws.ArgumentException.With.Message.Contains("needs a label"));
        }

        [Test]
        public void LabelsWithoutEffectAreRefused()
        {
            using var labelled = new SpriteGenerator(TestBundles.Load(TestBundles.Rgba().WithLabels()));
            using var plain = new SpriteGenerator(Bundle("rgba"));
            Assert.That(() => { labelled.Generate(1, "bat"); },
                Throws.ArgumentException.With.Message.Contains("cannot draw by it"));
            Assert.That(() => { plain.Generate(1, "bat"); }, Throws.ArgumentException.With.Message.Contains("no labels"));
            Assert.That(labelled.Generate(1).Length, Is.EqualTo(Pixels));
        }

        [Test]
        public void ArgumentsAreChecked()
        {
            using var sprites = new SpriteGenerator(Bundle("rgba"));
            Assert.That(() => sprites.SampleLatent(0, new float[4]),
                Throws.ArgumentException.With.Message.Contains("4 numbers, expected 5"));
            Assert.That(() => { sprites.Decode(new float[4]); },
                Throws.ArgumentException.With.Message.Contains("4 numbers, expected 5"));
            Assert.That(() => sprites.GenerateBatch(0, 2, new Rgba32[Pixels]),
                Throws.ArgumentException.With.Message.Contains("holds 24, expected at least").And.Message.Contains("48"));
            Assert.That(() => sprites.GenerateBatch(0, -1, new Rgba32[Pixels]), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => sprites.GenerateBatch(0, int.MaxValue, new Rgba32[Pixels]), Throws.ArgumentException);
            Assert.That(() => sprites.DecodeBatch(new float[9], 2, new Rgba32[2 * Pixels]), Throws.ArgumentException);
            Assert.That(() => { sprites.Generate(0, temperature: float.NaN); }, Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new SpriteGenerator(null!), Throws.ArgumentNullException);
            Assert.That(() => new SpriteGenerator(Bundle("rgba"), new GeneratorOptions { Threads = 0 }),
                Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new SpriteGenerator(Bundle("rgba"), new GeneratorOptions { BatchSize = 0 }),
                Throws.TypeOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void GeneratorsOfOneBundleWorkSideBySide()
        {
            var bundle = Bundle("mixture");
            using var reference = new SpriteGenerator(bundle);
            var expected = Enumerable.Range(0, 200).Select(seed => reference.Generate(seed).ToArray()).ToArray();
            Parallel.For(0, 4, _ =>
            {
                using var sprites = new SpriteGenerator(bundle);
                for (int seed = 0; seed < 200; seed++)
                {
                    if (!sprites.Generate(seed).SequenceEqual(expected[seed]))
                    {
                        throw new InvalidOperationException("seed " + seed);
                    }
                }
            });
        }

        [Test]
        public void GeneratorsComeAndGo()
        {
            var bundle = Bundle("indexed conditional");
            for (int i = 0; i < 50; i++)
            {
                var sprites = new SpriteGenerator(bundle);
                var span = sprites.Generate(i);
                sprites.Dispose();
                sprites.Dispose();
                Assert.That(span.Length, Is.EqualTo(Pixels));
                Assert.That(() => { sprites.Generate(1); }, Throws.TypeOf<ObjectDisposedException>());
                Assert.That(() => sprites.GenerateBatch(1, 0, default), Throws.TypeOf<ObjectDisposedException>());
                Assert.That(() => sprites.SampleLatent(1, new float[TestBundles.Z]), Throws.TypeOf<ObjectDisposedException>());
            }
        }

        [Test]
        public void GraphThatContradictsItsDeclarationIsRefused()
        {
            var model = TestBundles.Rgba();
            model.Graph.Node[^2].Input[1] = "w"; // the shape of the Reshape is now a matrix
            Assert.That(VaeBundleTests.Refusal(model.ToBundle()), Does.Contain("its node 'shaped', of operator 'Reshape'"));
        }

        internal static VaeBundle Bundle(string kind)
        {
            bool conditional = kind.EndsWith("conditional", StringComparison.Ordinal);
            if (kind == "mixture")
            {
                return TestBundles.Load(TestBundles.Indexed().WithLabels().WithPrior(TestBundles.SomeMixture()));
            }

            if (kind == "network") return TestBundles.Load(TestBundles.Network());
            if (kind == "network labelled") return TestBundles.Load(TestBundles.Network(labelledPrior: true));
            if (kind == "network conditional") return TestBundles.Load(TestBundles.Network(labelledPrior: true, conditional));
            if (kind == "network of a conditional")
            {
                return TestBundles.Load(TestBundles.Network(labelledPrior: false, conditional));
            }

            if (kind == "perceptron") return TestBundles.Load(TestBundles.Perceptron());
            if (kind == "convolutional") return TestBundles.Load(TestBundles.Convolutional());
            return TestBundles.Load(kind.StartsWith("rgba", StringComparison.Ordinal) ? TestBundles.Rgba(conditional)
                : TestBundles.Indexed(conditional));
        }

        private static float[] Floats(ModelProto model, string name)
        {
            var bytes = model.Graph.Initializer.Single(t => t.Name == name).RawData.ToByteArray();
            var values = new float[bytes.Length / 4];
            Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);
            return values;
        }
    }
}
