using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using Google.Protobuf;
using NUnit.Framework;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Tests.Runtime
{
    /// <summary>
    /// A decoder that draws nothing for one seed in six: such seeds are redrawn, the same in every way to ask.
    /// </summary>
    public class BlankSeedTests
    {
        private const int Seeds = 300;

        [Test]
        public void NoSeedDrawsNothing()
        {
            using var sprites = new SpriteGenerator(Bundle());
            int redrawn = 0;
            var plain = new float[TestBundles.Z];
            for (int seed = 0; seed < Seeds; seed++)
            {
                Rgba32[] pixels = sprites.Generate(seed).ToArray();
                Assert.That(pixels.Any(pixel => pixel.A > 0), Is.True, $"seed {seed}");
                sprites.Bundle.Prior.Sample(seed, -1, 1f, plain);
                if (!plain.AsSpan().SequenceEqual(sprites.Latent)) redrawn++;
                else Assert.That(plain[0], Is.GreaterThanOrEqualTo(-1f), $"seed {seed}");
            }

            Assert.That(redrawn, Is.InRange(Seeds / 10, Seeds / 4), "P(z < -1) is .16");
        }

        [Test]
        public void EveryWayToAskGivesTheSameSprite([Values(1, 2, 7, 64)] int batch)
        {
            using var sprites = new SpriteGenerator(Bundle(), new GeneratorOptions { BatchSize = batch });
            Rgba32[][] alone = Enumerable.Range(0, Seeds).Select(seed => sprites.Generate(seed).ToArray()).ToArray();
            var together = new Rgba32[Seeds * sprites.PixelCount];
            sprites.GenerateBatch(0, Seeds, together);
            var latent = new float[TestBundles.Z];
            for (int seed = 0; seed < Seeds; seed++)
            {
                Assert.That(together.Skip(seed * sprites.PixelCount).Take(sprites.PixelCount), Is.EqualTo(alone[seed]));
                sprites.SampleLatent(seed, latent);
                Assert.That(sprites.Decode(latent).ToArray(), Is.EqualTo(alone[seed]));
                Assert.That(sprites.Interpolate(seed, seed + 1, 0f).ToArray(), Is.EqualTo(alone[seed]));
            }
        }

        [Test]
        public void AQueueGivesThemToo()
        {
            using var sprites = new SpriteGenerator(Bundle());
            Rgba32[][] alone = Enumerable.Range(0, 40).Select(seed => sprites.Generate(seed).ToArray()).ToArray();
            using var queue = new SpriteQueue(new SpriteGenerator(Bundle(), new GeneratorOptions { BatchSize = 8 }), 64);
            var tickets = new SpriteTicket[alone.Length];
            for (int seed = 0; seed < tickets.Length; seed++) Assert.That(queue.TryGenerate(seed, out tickets[seed]), Is.True);
            for (int seed = 0; seed < tickets.Length; seed++)
            {
                var pixels = new Rgba32[sprites.PixelCount];
                while (queue.Take(tickets[seed], pixels) == SpriteStatus.Waiting) Thread.Sleep(1);
                Assert.That(pixels, Is.EqualTo(alone[seed]), $"seed {seed}");
            }
        }

        [Test]
        public void ABundleThatDrawsNothingAtAllStillAnswers()
        {
            using var sprites = new SpriteGenerator(Bundle(bias: -1000f));
            Assert.That(sprites.Generate(1).ToArray().All(pixel => pixel.A == 0), Is.True);
        }

        // Colour 1 everywhere where bias + z0 > 0, otherwise the transparent one.
        private static VaeBundle Bundle(float bias = 1f)
        {
            ModelProto model = TestBundles.Indexed();
            int area = TestBundles.Width * TestBundles.Height, outputs = TestBundles.Colours * area;
            var (w, b) = (new float[TestBundles.Z * outputs], new float[outputs]);
            for (int pixel = 0; pixel < area; pixel++) (w[area + pixel], b[area + pixel]) = (1f, bias);
            for (int k = 2; k < TestBundles.Colours; k++) b.AsSpan(k * area, area).Fill(-10_000f);
            Replace(model, "w", w);
            Replace(model, "b", b);
            return TestBundles.Load(model);
        }

        private static void Replace(ModelProto model, string name, float[] values)
        {
            TensorProto tensor = model.Graph.Initializer.Single(one => one.Name == name);
            tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values));
        }
    }
}
