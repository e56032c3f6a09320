using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Internal;

namespace VaeContent.Tests.Runtime
{
    public sealed class PriorTests
    {
        [Test]
        public void GoldenLatentsNeverChange()
        {
            Assert.That(Latent(Prior.Normal(4), 42), Is.EqualTo("3f774900 c0281f80 3fb1c580 3eb6c000"));
            Assert.That(Latent(Prior.Normal(4), 42, temperature: 0.8f), Is.EqualTo("3f45d400 c0067fc0 3f8e3780 3e923400"));
            Assert.That(Latent(TestBundles.SomeMixture(4), 42), Is.EqualTo("3ef74a00 bfa45980 3f1a8900 3e309c00"));
            Assert.That(Latent(TestBundles.SomeMixture(4), 42, 2, 1.5f), Is.EqualTo("3fdcbb80 bf676400 3fef0900 3fa05100"));
            Assert.That(string.Join(" ", Enumerable.Range(0, 12).Select(s => TestBundles.SomeMixture().PickLabel(s))),
                Is.EqualTo("0 0 0 0 1 1 1 2 1 2 0 2"));
        }

        [Test]
        public void NormalPriorGivesTheSamplersOwnDraws()
        {
            var z = new float[6];
            Prior.Normal(6).Sample(7, -1, 1f, z);
            for (int i = 0; i < 6; i++) Assert.That(z[i], Is.EqualTo(new Sampler(7).Normal(i)));
        }

        [Test]
        public void TemperatureZeroGivesTheMean()
        {
            var z = new float[5];
            TestBundles.SomeMixture().Sample(3, 2, 0f, z);
            Assert.That(z, Is.All.EqualTo(1f));
            Prior.Normal(5).Sample(3, -1, 0f, z);
            Assert.That(z, Is.All.EqualTo(0f));
        }

        [Test]
        public void TruncationDrawsTheFarOnesAgain()
        {
            var (z, free) = (new float[64], new float[64]);
            for (int seed = 0; seed < 200; seed++)
            {
                Prior.Normal(64).Sample(seed, -1, 1f, free);
                Prior.Normal(64).Sample(seed, -1, 1f, z, truncation: 1.5f);
                Assert.That(z.Select(Math.Abs).Max(), Is.LessThanOrEqualTo(1.5f));
                for (int i = 0; i < z.Length; i++)
                {
                    if (Math.Abs(free[i]) <= 1.5f) Assert.That(z[i], Is.EqualTo(free[i]), "the others stay");
                }

                Assert.That(z, Has.None.EqualTo(1.5f), "drawn again, not cut off");
                Prior.Normal(64).Sample(seed, -1, 1f, z, truncation: 0f);
                Assert.That(z, Is.EqualTo(free));
            }

            Assert.That(() => Prior.Normal(64).Sample(1, -1, 1f, z, truncation: 0.01f),
                Throws.TypeOf<ArgumentOutOfRangeException>());
            Prior.Normal(64).Sample(1, -1, 2f, z, truncation: 0.5f);
            Assert.That(z.Select(Math.Abs).Max(), Is.LessThanOrEqualTo(1f), "the temperature scales what is left");
        }

        [Test]
        public void ARedrawnNumberIsThatOfNoOtherPlace()
        {
            const int Size = 6;
            var z = new float[Size];
            for (int seed = 0; seed < 50; seed++)
            {
                Prior.Normal(Size).Sample(seed, -1, 1f, z, truncation: 1f);
                for (int i = 0; i < Size; i++)
                {
                    int index = i;
                    while (Math.Abs(new Sampler(seed).Normal(index)) > 1f) index += Size;
                    Assert.That(z[i], Is.EqualTo(new Sampler(seed).Normal(index)));
                }
            }
        }

        [Test]
        public void MixtureHasTheMomentsOfItsComponents()
        {
            const int draws = 200_000;
            int one = Q16.One;
            // One component: mean (1, -2), L = ((2, 0), (1, 0.5)), so the covariance is ((4, 2), (2, 1.25)).
            var prior = Prior.Mixture(2, new[] { 1 }, new[] { -1 }, new[] { one, -2 * one, 2 * one, one, one / 2 });
            var z = new float[2];
            double m0 = 0, m1 = 0, c00 = 0, c01 = 0, c11 = 0;
            for (int seed = 0; seed < draws; seed++)
            {
                prior.Sample(seed, -1, 1f, z);
                double d0 = z[0] - 1, d1 = z[1] + 2;
                m0 += d0;
                m1 += d1;
                c00 += d0 * d0;
                c01 += d0 * d1;
                c11 += d1 * d1;
            }

            Assert.That(m0 / draws, Is.EqualTo(0).Within(0.02));
            Assert.That(m1 / draws, Is.EqualTo(0).Within(0.02));
            Assert.That(c00 / draws, Is.EqualTo(4).Within(0.06));
            Assert.That(c01 / draws, Is.EqualTo(2).Within(0.04));
            Assert.That(c11 / draws, Is.EqualTo(1.25).Within(0.03));
        }

        [Test]
        public void ComponentsAndLabelsAreDrawnInProportion()
        {
            var prior = TestBundles.SomeMixture();
            var labels = new int[3];
            int second = 0;
            var z = new float[5];
            for (int seed = 0; seed < 40_000; seed++)
            {
                labels[prior.PickLabel(seed)]++;
                prior.Sample(seed, 0, 0f, z);
                if (z[0] == -1f) second++;
            }

            Assert.That(labels[0], Is.EqualTo(20_000).Within(500));
            Assert.That(labels[1], Is.EqualTo(12_000).Within(500));
            Assert.That(labels[2], Is.EqualTo(8_000).Within(500));
            Assert.That(second, Is.EqualTo(10_000).Within(450), "label 0 has components of weight 3 and 1");
        }

        [Test]
        public void NoLabelMeansThePickedLabel()
        {
            var prior = TestBundles.SomeMixture();
            float[] any = new float[5], picked = new float[5];
            for (int seed = 0; seed < 50; seed++)
            {
                prior.Sample(seed, -1, 1f, any);
                prior.Sample(seed, prior.PickLabel(seed), 1f, picked);
                Assert.That(any, Is.EqualTo(picked));
            }
        }

        [Test]
        public void LargestNumbersDoNotOverflow()
        {
            const int z = 300;
            var numbers = new int[Prior.NumbersPerComponent(z)];
            Array.Fill(numbers, Prior.LargestComponentQ16);
            var prior = Prior.Mixture(z, new[] { 1 }, new[] { -1 }, numbers);
            var latent = new float[z];
            prior.Sample(1, -1, 8f, latent);
            double sum = 0;
            for (int i = 0; i < z; i++)
            {
                sum += 8.0 * new Sampler(1).Normal(i);
                double expected = Math.Min(Math.Max(1024 * (1 + sum), -32768), 32768);
                Assert.That(latent[i], Is.EqualTo(expected).Within(1.0), "coordinate " + i);
            }
        }

        [Test]
        public void SamplingAllocatesNothing()
        {
            var z = new float[5];
            foreach (var prior in new[] { Prior.Normal(5), TestBundles.SomeMixture() })
            {
                Assert.That(Allocation.Least(() => { for (int seed = 0; seed < 1000; seed++) prior.Sample(seed, -1, 0.7f, z); }),
                    Is.Zero);
            }
        }

        [TestCase(float.NaN)]
        [TestCase(-0.01f)]
        [TestCase(8.01f)]
        [TestCase(float.PositiveInfinity)]
        public void TemperatureOutOfRangeIsRefused(float temperature)
        {
            Assert.That(() => Prior.Normal(2).Sample(0, -1, temperature, new float[2]),
                Throws.TypeOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void WrongNumbersAreRefused()
        {
            var prior = TestBundles.SomeMixture();
            Assert.That(() => prior.Sample(0, 3, 1f, new float[5]), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => prior.Sample(0, -2, 1f, new float[5]), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => prior.Sample(0, 0, 1f, new float[4]), Throws.ArgumentException);
            Assert.That(() => Prior.Normal(0), Throws.ArgumentException);
            Assert.That(() => Prior.Normal(4097), Throws.ArgumentException);
            Assert.That(() => Prior.Normal(2, new[] { 0, 0 }), Throws.ArgumentException);
            Assert.That(() => Prior.Mixture(1, new[] { 0 }, new[] { -1 }, new int[2]), Throws.ArgumentException);
            Assert.That(() => Prior.Mixture(1, new[] { 1 }, new[] { 0 }, new int[2]), Throws.ArgumentException);
            Assert.That(() => Prior.Mixture(1, new[] { 1 }, new[] { -1 }, new int[3]), Throws.ArgumentException);
            Assert.That(() => Prior.Mixture(1, new[] { 1 }, new[] { -1 }, new[] { 0, int.MinValue }), Throws.ArgumentException);
            Assert.That(() => Prior.Mixture(1, new[] { 1 }, new[] { 0 }, new int[2], new[] { 1, 1 }), Throws.ArgumentException,
                "label 1 has no component");
        }

        // Raw bits, so that not even the last one may change.
        private static string Latent(Prior prior, long seed, int label = -1, float temperature = 1f)
        {
            var z = new float[prior.LatentSize];
            prior.Sample(seed, label, temperature, z);
            return string.Join(" ", z.Select(v => BitConverter.SingleToInt32Bits(v).ToString("x8")));
        }
    }
}
