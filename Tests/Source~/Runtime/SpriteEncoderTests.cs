using System;
using NUnit.Framework;

namespace VaeContent.Tests.Runtime
{
    public sealed class SpriteEncoderTests
    {
        private const int Pixels = TestBundles.Width * TestBundles.Height, Z = TestBundles.Z;

        [TestCase(false)]
        [TestCase(true)]
        public void AnyCountGivesTheSameRows(bool conditional)
        {
            var bundle = EncoderBundle.Load(TestBundles.Encoder(conditional).ToBundle(), "test.encoder.vae");
            using var encoder = new SpriteEncoder(bundle, new GeneratorOptions { BatchSize = 4 });
            var sprites = Noise(10);
            var labels = conditional ? new[] { 0, 1, 2, 0, 1, 2, 0, 1, 2, 0 } : Array.Empty<int>();
            float[] mu = new float[10 * Z], logVar = new float[10 * Z], oneMu = new float[Z], oneLogVar = new float[Z];
            encoder.Encode(sprites, 10, mu, logVar, labels);
            for (int i = 0; i < 10; i++)
            {
                var label = conditional ? labels.AsSpan(i, 1) : default;
                encoder.Encode(sprites.AsSpan(i * Pixels, Pixels), 1, oneMu, oneLogVar, label);
                Assert.That(mu.AsSpan(i * Z, Z).SequenceEqual(oneMu), "mu of sprite " + i);
                Assert.That(logVar.AsSpan(i * Z, Z).SequenceEqual(oneLogVar), "logVar of sprite " + i);
            }
        }

        [Test]
        public void ColourOfInvisiblePixelsIsIgnored()
        {
            using var encoder = new SpriteEncoder(EncoderBundle.Load(TestBundles.Encoder().ToBundle(), "e"));
            Rgba32[] clean = new Rgba32[Pixels], dirty = new Rgba32[Pixels];
            Array.Fill(dirty, new Rgba32(200, 100, 50, 0));
            float[] mu = new float[Z], logVar = new float[Z], mu2 = new float[Z];
            encoder.Encode(clean, 1, mu, logVar);
            encoder.Encode(dirty, 1, mu2, logVar);
            Assert.That(mu2, Is.EqualTo(mu));
        }

        [Test]
        public void ArgumentsAreChecked()
        {
            var encoder = new SpriteEncoder(EncoderBundle.Load(TestBundles.Encoder(true).ToBundle(), "e"));
            float[] mu = new float[Z], logVar = new float[Z];
            var sprite = new Rgba32[Pixels];
            Assert.That(() => encoder.Encode(sprite, 1, mu, logVar), Throws.ArgumentException, "labels missing");
            Assert.That(() => encoder.Encode(sprite, 1, mu, logVar, new[] { 3 }), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => encoder.Encode(sprite, 2, mu, logVar, new[] { 0, 0 }), Throws.ArgumentException);
            Assert.That(() => encoder.Encode(sprite, 1, mu, new float[1], new[] { 0 }), Throws.ArgumentException);
            encoder.Encode(default, 0, default, default);
            encoder.Dispose();
            encoder.Dispose();
            Assert.That(() => encoder.Encode(sprite, 1, mu, logVar, new[] { 0 }), Throws.TypeOf<ObjectDisposedException>());
        }

        private static Rgba32[] Noise(int count)
        {
            var sampler = new Sampler(77);
            var sprites = new Rgba32[count * Pixels];
            for (int i = 0; i < sprites.Length; i++) sprites[i] = Rgba32.FromPacked((uint)sampler.Bits(i));
            return sprites;
        }
    }
}
