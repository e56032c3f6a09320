using System;
using System.Linq;
using NUnit.Framework;

namespace VaeContent.Tests.Runtime
{
    public sealed class LatentTests
    {
        private const int Z = 16;

        private static readonly float[] A = Draw(1), B = Draw(2), C = Draw(3);

        [Test]
        public void EndsAreBitEqual()
        {
            var z = new float[Z];
            Latent.Lerp(A, B, 0f, z);
            Assert.That(z, Is.EqualTo(A));
            Latent.Lerp(A, B, 1f, z);
            Assert.That(z, Is.EqualTo(B));
            Latent.Slerp(A, B, 0f, z);
            Assert.That(z, Is.EqualTo(A));
            Latent.Slerp(A, B, 1f, z);
            Assert.That(z, Is.EqualTo(B));
        }

        [Test]
        public void SlerpKeepsTheLength()
        {
            float[] a = Unit(A), b = Unit(B), z = new float[Z];
            for (float t = 0f; t <= 1f; t += 0.1f)
            {
                Latent.Slerp(a, b, t, z);
                Assert.That(Length(z), Is.EqualTo(1).Within(1e-6));
            }
        }

        [Test]
        public void SlerpHandlesZeroParallelAndOppositeLatents()
        {
            float[] zero = new float[Z], twice = A.Select(v => 2 * v).ToArray(), minus = A.Select(v => -v).ToArray(),
                z = new float[Z];
            Latent.Slerp(zero, A, 0.5f, z);
            Assert.That(z[3], Is.EqualTo(A[3] / 2).Within(1e-6f));
            Latent.Slerp(A, twice, 0.5f, z);
            Assert.That(z[3], Is.EqualTo(A[3] * 1.5f).Within(1e-6f));
            Latent.Slerp(A, minus, 0.25f, z);
            Assert.That(z.All(float.IsFinite));
            Latent.Slerp(zero, zero, 0.5f, z);
            Assert.That(z, Is.All.Zero);
        }

        [Test]
        public void DestinationMayBeAnInput()
        {
            float[] separate = new float[Z], inPlace = (float[])A.Clone();
            Latent.Slerp(A, B, 0.3f, separate);
            Latent.Slerp(inPlace, B, 0.3f, inPlace);
            Assert.That(inPlace, Is.EqualTo(separate));
        }

        [TestCase(false)]
        [TestCase(true)]
        public void PathMeetsEveryPointAndIsContinuous(bool closed)
        {
            float[] points = A.Concat(B).Concat(C).ToArray(), z = new float[Z], before = new float[Z];
            int legs = closed ? 3 : 2;
            foreach (var (latent, index) in new[] { (A, 0), (B, 1), (C, 2) })
            {
                Latent.Path(points, (float)index / legs, closed, z);
                for (int i = 0; i < Z; i++) Assert.That(z[i], Is.EqualTo(latent[i]).Within(1e-5f));
            }

            Latent.Path(points, 0f, closed, before);
            for (int step = 1; step <= 1000; step++)
            {
                Latent.Path(points, step / 1000f, closed, z);
                Assert.That(z.Zip(before, (x, y) => Math.Abs(x - y)).Max(), Is.LessThan(0.05f));
                Array.Copy(z, before, Z);
            }

            Assert.That(z, Is.EqualTo(closed ? A : C));
        }

        [Test]
        public void AClosedPathIsTheSameFromEveryPoint()
        {
            float[] fromA = A.Concat(B).Concat(C).ToArray(), fromB = B.Concat(C).Concat(A).ToArray();
            float[] z = new float[Z], same = new float[Z];
            for (int step = 0; step < 30; step++)
            {
                Latent.Path(fromA, step / 30f, true, z);
                Latent.Path(fromB, step / 30f - 1f / 3f, true, same);
                Assert.That(z, Is.EqualTo(same).Within(1e-4f), "no corner where it closes");
            }
        }

        [Test]
        public void PathOfOnePointStaysThere()
        {
            var z = new float[Z];
            Latent.Path(A, 0.7f, false, z);
            Assert.That(z, Is.EqualTo(A));
            Latent.Path(A, 0.7f, true, z);
            for (int i = 0; i < Z; i++) Assert.That(z[i], Is.EqualTo(A[i]).Within(1e-6f));
        }

        [Test]
        public void MutateGoesFromNothingToAllAndRepeats()
        {
            float[] same = new float[Z], one = new float[Z], again = new float[Z], other = new float[Z];
            Latent.Mutate(A, 5, 0f, same);
            Assert.That(same, Is.EqualTo(A));
            Latent.Mutate(A, 5, 0.4f, one);
            Latent.Mutate(A, 5, 0.4f, again);
            Latent.Mutate(A, 6, 0.4f, other);
            Assert.That(again, Is.EqualTo(one));
            Assert.That(other, Is.Not.EqualTo(one));
            Latent.Mutate(A, 5, 1f, one);
            Latent.Mutate(B, 5, 1f, again);
            Assert.That(again, Is.EqualTo(one));
            Assert.That(() => Latent.Mutate(A, 5, 1.1f, same), Throws.TypeOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void NeighboursFollowThePosterior()
        {
            const int Draws = 4000;
            float[] mu = A, logVar = Enumerable.Repeat((float)Math.Log(0.25), Z).ToArray(), z = new float[Z],
                again = new float[Z];
            Latent.Neighbour(mu, logVar, 5, 0f, z);
            Assert.That(z, Is.EqualTo(mu));
            Latent.Neighbour(mu, logVar, 5, 1f, z);
            Latent.Neighbour(mu, logVar, 5, 1f, again);
            Assert.That(again, Is.EqualTo(z));
            double sum = 0, squares = 0;
            for (int seed = 0; seed < Draws; seed++)
            {
                Latent.Neighbour(mu, logVar, seed, 2f, z);
                sum += z[3] - mu[3];
                squares += (z[3] - mu[3]) * (z[3] - mu[3]);
            }

            Assert.That(sum / Draws, Is.EqualTo(0).Within(0.06));
            Assert.That(squares / Draws, Is.EqualTo(1).Within(0.1), "spread 2 of deviation 1/2");
            Assert.That(() => Latent.Neighbour(mu, logVar, 5, -1f, z), Throws.TypeOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void ShiftThereAndBackIsNothing()
        {
            float[] z = new float[Z], back = new float[Z];
            Latent.Shift(A, B, 0.5f, z);
            Assert.That(z[2], Is.EqualTo(A[2] + 0.5f * B[2]));
            Latent.Shift(z, B, -0.5f, back);
            for (int i = 0; i < Z; i++) Assert.That(back[i], Is.EqualTo(A[i]).Within(1e-6f));
            Latent.Shift(A, B, 0f, z);
            Assert.That(z, Is.EqualTo(A));
        }

        [Test]
        public void CrossoverTakesEachCoordinateFromAParent()
        {
            var child = new float[Z];
            Latent.Crossover(A, B, 9, child);
            int fromA = Enumerable.Range(0, Z).Count(i => child[i] == A[i]);
            int fromB = Enumerable.Range(0, Z).Count(i => child[i] == B[i]);
            Assert.That(fromA + fromB, Is.EqualTo(Z));
            Assert.That(fromA, Is.InRange(1, Z - 1));
        }

        [Test]
        public void LengthsMustAgree()
        {
            Assert.That(() => Latent.Lerp(A, B, 0f, new float[3]), Throws.ArgumentException);
            Assert.That(() => Latent.Slerp(A, new float[3], 0f, new float[Z]), Throws.ArgumentException);
            Assert.That(() => Latent.Path(new float[Z + 1], 0f, false, new float[Z]), Throws.ArgumentException);
            Assert.That(() => Latent.Path(A, 0f, false, Array.Empty<float>()), Throws.ArgumentException);
        }

        private static float[] Draw(long seed)
        {
            var z = new float[Z];
            Prior.Normal(Z).Sample(seed, -1, 1f, z);
            return z;
        }

        private static double Length(float[] z) => Math.Sqrt(z.Sum(v => (double)v * v));

        private static float[] Unit(float[] z) => z.Select(v => (float)(v / Length(z))).ToArray();
    }
}
