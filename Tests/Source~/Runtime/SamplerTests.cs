using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Internal;

namespace VaeContent.Tests.Runtime
{
    public sealed class SamplerTests
    {
        private const int Draws = 1_000_000;

        [Test]
        public void GoldenNumbersNeverChange()
        {
            // These are the seed promise. Changing them changes every sprite of every game that has shipped.
            var bits = new Sampler(42, 0);
            var found = Enumerable.Range(0, 4).Select(i => bits.Bits(i).ToString("x16"));
            Assert.That(string.Join(" ", found),
                Is.EqualTo("2ac30d73d7a423f8 811a5ae5d8231e3e 151b0e601b5a6e26 5c4e761f209d0cb6"));
            Assert.That(Q16Draws(42, 0, 8), Is.EqualTo("63305 -172158 91019 23392 144097 -99684 172172 -12697"));
            Assert.That(Q16Draws(-1, 3, 8), Is.EqualTo("-47484 8961 34454 -42605 -23754 8695 47098 -1930"));
            Assert.That(Q16Draws(long.MaxValue, int.MinValue, 8),
                Is.EqualTo("-44511 7930 -22823 -51688 -74793 20372 -58351 15678"));
            Assert.That(new Sampler(7).Below(1000, 5), Is.EqualTo(14));
            Assert.That(new Sampler(7).Uniform(5), Is.EqualTo(0.20141386985778809f));
        }

        [TestCase(0L, 0)]
        [TestCase(123456789L, 1)]
        [TestCase(-987654321987L, 2)]
        public void DrawsAreStandardNormal(long seed, int stream)
        {
            var sampler = new Sampler(seed, stream);
            var z = new double[Draws];
            for (int i = 0; i < Draws; i++) z[i] = sampler.Normal(i);
            AssertNormal(z, "seed " + seed + ", stream " + stream);
        }

        [Test]
        public void FirstDrawsOfSuccessiveSeedsAreStandardNormal()
        {
            var z = new double[Draws];
            for (int i = 0; i < Draws; i++) z[i] = new Sampler(i).Normal(0);
            AssertNormal(z, "seeds 0..");
        }

        [Test]
        public void NeighboursAreUncorrelated()
        {
            double seeds = 0, streams = 0, indices = 0, squares = 0, farSeeds = 0;
            for (int i = 0; i < Draws; i++)
            {
                double z = new Sampler(i, 0).Normal(3);
                seeds += z * new Sampler(i + 1, 0).Normal(3);
                streams += z * new Sampler(i, 1).Normal(3);
                indices += z * new Sampler(i, 0).Normal(4);
                farSeeds += z * new Sampler(i + (1L << 32), 0).Normal(3);
                double next = new Sampler(i + 1, 0).Normal(3);
                squares += (z * z - 1) * (next * next - 1) / 2;
            }

            // The standard error of each is 0.001.
            foreach (double sum in new[] { seeds, streams, indices, farSeeds, squares })
            {
                Assert.That(sum / Draws, Is.EqualTo(0).Within(0.004));
            }
        }

        [Test]
        public void TableStaysWithinTwoTenThousandthsOutToSixSigma()
        {
            // The exact tail share of an entry is known by construction; midway between entries the line is furthest off.
            double worst = 0;
            for (int entry = 1; entry < NormalTable.Q16.Length; entry++)
            {
                int octave = (entry - 1) / 32, part = 32 * (octave + 1) - entry;
                for (int half = 0; half < 2; half++)
                {
                    double share = Math.Pow(2, -(octave + 2)) * (1 + (part + 0.5 * half) / 32);
                    double z = half == 0 ? NormalTable.Q16[entry] : 0.5 * (NormalTable.Q16[entry] + NormalTable.Q16[entry - 1]);
                    z /= Q16.One;
                    if (z <= 6) worst = Math.Max(worst, Math.Abs(z - Quantile(share, z)));
                }
            }

            Assert.That(worst, Is.LessThan(1e-4));
        }

        [Test]
        public void TableRisesFromTheMedian()
        {
            int[] table = NormalTable.Q16;
            Assert.That(table[0], Is.Zero);
            Assert.That(table, Is.Ordered.Ascending);
            Assert.That(table, Is.Unique);
        }

        [Test]
        public void UniformsAndWholeNumbersFillTheirRange()
        {
            var sampler = new Sampler(5, 9);
            double sum = 0;
            var counts = new int[7];
            for (int i = 0; i < 700_000; i++)
            {
                float u = sampler.Uniform(i);
                if (u < 0f || u >= 1f) Assert.Fail("uniform " + u);
                sum += u;
                counts[sampler.Below(7, i)]++;
            }

            Assert.That(sum / 700_000, Is.EqualTo(0.5).Within(0.002));
            foreach (int count in counts) Assert.That(count, Is.EqualTo(100_000).Within(1500));
            Assert.That(() => sampler.Below(0, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        }

        private static string Q16Draws(long seed, int stream, int count)
        {
            var sampler = new Sampler(seed, stream);
            return string.Join(" ", Enumerable.Range(0, count).Select(i => sampler.NormalQ16(i)));
        }

        private static void AssertNormal(double[] z, string what)
        {
            double mean = z.Average();
            double variance = z.Sum(x => (x - mean) * (x - mean)) / z.Length;
            double skew = z.Sum(x => Math.Pow(x - mean, 3)) / z.Length / Math.Pow(variance, 1.5);
            double kurtosis = z.Sum(x => Math.Pow(x - mean, 4)) / z.Length / (variance * variance);
            Array.Sort(z);
            double distance = 0;
            for (int i = 0; i < z.Length; i++) distance = Math.Max(distance, Math.Abs((i + 0.5) / z.Length - (1 - Tail(z[i]))));

            // Standard errors for 1e6 draws: 0.001, 0.0014, 0.0024, 0.005; Kolmogorov's 99.9 % point is 0.00195.
            Assert.That(mean, Is.EqualTo(0).Within(0.004), what);
            Assert.That(variance, Is.EqualTo(1).Within(0.006), what);
            Assert.That(skew, Is.EqualTo(0).Within(0.01), what);
            Assert.That(kurtosis, Is.EqualTo(3).Within(0.02), what);
            Assert.That(distance, Is.LessThan(0.00195), what);
        }

        // The z above which 'share' of a normal distribution lies: Newton from a near guess.
        private static double Quantile(double share, double guess)
        {
            for (int i = 0; i < 20; i++) guess += (Tail(guess) - share) / (Math.Exp(-guess * guess / 2) / Math.Sqrt(2 * Math.PI));
            return guess;
        }

        // 1 - Phi(x): Taylor series near 0 (x^(2n+1) / (2n+1)!!), the continued fraction of Laplace further out.
        private static double Tail(double x)
        {
            if (x < 0) return 1 - Tail(-x);
            double density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
            if (x < 3)
            {
                double sum = x, term = x;
                for (int n = 1; n < 80; n++) sum += term *= x * x / (2 * n + 1);
                return 0.5 - density * sum;
            }

            double fraction = x;
            for (int n = 60; n > 0; n--) fraction = x + n / fraction;
            return density / fraction;
        }
    }
}
