using System;
using System.Linq;
using NUnit.Framework;

namespace VaeContent.Tests.Runtime
{
    /// <summary>Laws that hold for any latents and any seed, tried on fresh random ones in each run.</summary>
    public sealed class LatentLawTests
    {
        private const int Tries = 300;

        [Test]
        public void LinesAndArcsRunFromOneEndToTheOtherAndBack()
        {
            var random = TestSeed.NewRandom();
            for (int i = 0; i < Tries; i++)
            {
                var (a, b) = TwoLatents(random);
                float t = random.NextSingle();
                foreach (Blend blend in new Blend[] { Latent.Lerp, Latent.Slerp })
                {
                    Assert.That(Apply(blend, a, b, 0f), Is.EqualTo(a), "t = 0, bit for bit");
                    Assert.That(Apply(blend, a, b, 1f), Is.EqualTo(b), "t = 1, bit for bit");
                    Near(Apply(blend, a, b, t), Apply(blend, b, a, 1f - t), a, b);
                    Near(Apply(blend, a, a, t), a, a, a);
                }
            }
        }

        [Test]
        public void LinesAreLinear()
        {
            var random = TestSeed.NewRandom();
            for (int i = 0; i < Tries; i++)
            {
                var (a, b) = TwoLatents(random);
                float t = random.NextSingle();
                Near(Apply(Latent.Lerp, a, b, t), a.Zip(b, (x, y) => x + t * (y - x)).ToArray(), a, b);
            }
        }

        [Test]
        public void ArcsTurnEvenlyAndKeepTheLengthOfLatentsAsLong()
        {
            var random = TestSeed.NewRandom();
            for (int i = 0; i < Tries; i++)
            {
                var (a, b) = TwoLatents(random, least: 2);
                b = b.Select(x => x * (float)(Length(a) / Length(b))).ToArray();
                double angle = Angle(a, b);
                if (Math.Sin(angle) < 0.01) continue; // nearly one line, which has no arc
                float t = random.NextSingle();
                var z = Apply(Latent.Slerp, a, b, t);
                Assert.That(Length(z), Is.EqualTo(Length(a)).Within(1e-4 * Length(a)));
                Assert.That(Angle(a, z), Is.EqualTo(t * angle).Within(2e-3));
            }
        }

        [Test]
        public void DrawsOfAnySeedAndStreamAreStandardNormalAndIndependent()
        {
            const int Count = 20_000;
            var random = TestSeed.NewRandom();
            for (int i = 0; i < 8; i++)
            {
                long seed = random.NextInt64();
                int stream = random.Next(3);
                var one = Draws(new Sampler(seed, stream), Count);
                Moments(one);
                // Six standard deviations: no run in a million fails by chance.
                const double Bound = 6;
                double root = Math.Sqrt(Count);
                foreach (var other in new[] { new Sampler(seed, stream + 1), new Sampler(seed + 1, stream) })
                {
                    var two = Draws(other, Count);
                    Assert.That(Mean(one, two, (x, y) => x * y) * root, Is.InRange(-Bound, Bound), "correlation");
                    Assert.That(Mean(one, two, (x, y) => (x * x - 1) * (y * y - 1)) / 2 * root, Is.InRange(-Bound, Bound),
                        "correlation of squares");
                }

                Assert.That(Mean(one, one.Skip(1).ToArray(), (x, y) => x * y) * root, Is.InRange(-Bound, Bound), "neighbours");
            }
        }

        // Mean 0, variance 1, skewness 0, kurtosis 3, each within six of its standard deviations.
        private static void Moments(double[] draws)
        {
            double root = Math.Sqrt(draws.Length);
            Assert.That(draws.Average() * root, Is.InRange(-6, 6), "mean");
            Assert.That(draws.Average(x => x * x - 1) * root / Math.Sqrt(2), Is.InRange(-6, 6), "variance");
            Assert.That(draws.Average(x => x * x * x) * root / Math.Sqrt(15), Is.InRange(-6, 6), "third moment");
            Assert.That(draws.Average(x => x * x * x * x - 3) * root / Math.Sqrt(96), Is.InRange(-6, 6), "fourth moment");
        }

        private static double[] Draws(Sampler sampler, int count) =>
            Enumerable.Range(0, count).Select(i => (double)sampler.Normal(i)).ToArray();

        private static double Mean(double[] a, double[] b, Func<double, double, double> f) => a.Zip(b, f).Average();

        private delegate void Blend(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float t, Span<float> destination);

        private static float[] Apply(Blend blend, float[] a, float[] b, float t)
        {
            var z = new float[a.Length];
            blend(a, b, t, z);
            return z;
        }

        // Of 1 to 64 numbers, and lengths of a thousandth to a thousand.
        private static (float[] A, float[] B) TwoLatents(Random random, int least = 1)
        {
            int size = random.Next(least, 65);
            float[] One()
            {
                double scale = Math.Pow(10, 6 * random.NextDouble() - 3);
                return Enumerable.Range(0, size).Select(_ => (float)(scale * (2 * random.NextDouble() - 1))).ToArray();
            }

            return (One(), One());
        }

        private static void Near(float[] found, float[] expected, float[] a, float[] b)
        {
            double within = 1e-4 * a.Concat(b).Max(x => Math.Abs(x));
            for (int i = 0; i < found.Length; i++) Assert.That(found[i], Is.EqualTo(expected[i]).Within(within));
        }

        private static double Length(float[] z) => Math.Sqrt(z.Sum(x => (double)x * x));

        private static double Angle(float[] a, float[] b) =>
            Math.Acos(Math.Clamp(a.Zip(b, (x, y) => (double)x * y).Sum() / (Length(a) * Length(b)), -1, 1));
    }
}
