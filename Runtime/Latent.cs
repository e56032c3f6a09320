using System;
using VaeContent.Internal;

namespace VaeContent
{
    /// <summary>
    /// Ways through latent space. The caller owns every buffer; nothing is allocated; a destination may be one of the inputs,
    /// except in <see cref="Path"/>. All latents of a call have the same length (Z), otherwise ArgumentException. Safe from any
    /// thread.
    /// </summary>
    public static class Latent
    {
        /// <summary>
        /// The straight line from <paramref name="a"/> (t = 0, bit for bit) to <paramref name="b"/> (t = 1, bit for bit).
        /// </summary>
        public static void Lerp(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float t, Span<float> destination)
        {
            Check(a.Length, b.Length, destination.Length);
            Blend(a, b, 1.0 - t, t, destination, t);
        }

        /// <summary>
        /// The great arc from <paramref name="a"/> (t = 0, bit for bit) to <paramref name="b"/> (t = 1, bit for bit): keeps a
        /// usual length on the way, where a straight line passes through unusually short latents. Falls back to the line where
        /// either is zero or both point the same or opposite ways. Shoemake 1985.
        /// </summary>
        public static void Slerp(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float t, Span<float> destination)
        {
            Check(a.Length, b.Length, destination.Length);
            double aa = 0, bb = 0, ab = 0;
            for (int i = 0; i < a.Length; i++)
            {
                aa += (double)a[i] * a[i];
                bb += (double)b[i] * b[i];
                ab += (double)a[i] * b[i];
            }

            double lengths = Math.Sqrt(aa) * Math.Sqrt(bb);
            double cosine = lengths > 0 ? Math.Min(Math.Max(ab / lengths, -1), 1) : 1;
            double sine = Math.Sqrt(1 - cosine * cosine);
            if (sine < 1e-4)
            {
                Blend(a, b, 1.0 - t, t, destination, t);
            }
            else
            {
                double angle = Math.Acos(cosine);
                Blend(a, b, Math.Sin((1.0 - t) * angle) / sine, Math.Sin(t * angle) / sine, destination, t);
            }
        }

        /// <summary>
        /// A smooth path through K latents laid end to end in <paramref name="points"/>, (K, Z): t = 0 is the first, t = 1 the
        /// last, or the first again when <paramref name="closed"/>; t is clamped to 0..1 on an open path and wraps on a closed
        /// one. Every latent on the way is met. Catmull and Rom 1974.
        /// </summary>
        public static void Path(ReadOnlySpan<float> points, float t, bool closed, Span<float> destination)
        {
            int size = destination.Length;
            if (size == 0 || points.Length < size || points.Length % size != 0) throw Errors.PathLength(points.Length, size);
            int count = points.Length / size;
            int legs = closed ? count : count - 1;
            float along = closed ? t - MathF.Floor(t) : MathF.Min(MathF.Max(t, 0f), 1f);
            if (legs == 0 || float.IsNaN(along)) along = 0f;
            double at = (double)along * legs;
            int leg = Math.Min((int)at, Math.Max(legs - 1, 0));
            double u = at - leg;

            var p0 = Point(points, leg - 1, count, closed, size);
            var p1 = Point(points, leg, count, closed, size);
            var p2 = Point(points, leg + 1, count, closed, size);
            var p3 = Point(points, leg + 2, count, closed, size);
            for (int i = 0; i < size; i++)
            {
                double bend = 2.0 * p0[i] - 5.0 * p1[i] + 4.0 * p2[i] - p3[i];
                double twist = 3.0 * ((double)p1[i] - p2[i]) + p3[i] - p0[i];
                destination[i] = (float)(p1[i] + 0.5 * u * ((double)p2[i] - p0[i] + u * (bend + u * twist)));
            }
        }

        /// <summary>
        /// A relative of <paramref name="latent"/>: sqrt(1 - amount^2) of it plus <paramref name="amount"/> of fresh noise, so a
        /// usual latent stays usual. <paramref name="amount"/> 0 changes nothing, 1 leaves nothing; outside 0..1 throws.
        /// </summary>
        public static void Mutate(ReadOnlySpan<float> latent, long seed, float amount, Span<float> destination)
        {
            Check(latent.Length, latent.Length, destination.Length);
            if (!(amount >= 0f && amount <= 1f)) throw Errors.Amount(amount);
            var noise = new Sampler(seed, Streams.Mutation);
            double keep = Math.Sqrt(1.0 - (double)amount * amount);
            for (int i = 0; i < latent.Length; i++) destination[i] = (float)(keep * latent[i] + (double)amount * noise.Normal(i));
        }

        /// <summary>
        /// A neighbour of an encoded sprite, drawn from its posterior: <paramref name="mu"/> + <paramref name="spread"/> x
        /// exp(<paramref name="logVar"/> / 2) x noise (Kingma and Welling 2014, eq. 4), as <see cref="SpriteEncoder"/> gives
        /// them. At 1 the model considers them the same sprite; more is freer. Throws for a negative or infinite spread.
        /// </summary>
        public static void Neighbour(ReadOnlySpan<float> mu, ReadOnlySpan<float> logVar, long seed, float spread,
            Span<float> destination)
        {
            Check(mu.Length, logVar.Length, destination.Length);
            if (!(spread >= 0f && spread < float.PositiveInfinity)) throw Errors.Spread(spread);
            var noise = new Sampler(seed, Streams.Neighbour);
            for (int i = 0; i < mu.Length; i++)
            {
                destination[i] = (float)(mu[i] + spread * Math.Exp(0.5 * logVar[i]) * noise.Normal(i));
            }
        }

        /// <summary>
        /// <paramref name="latent"/> + <paramref name="amount"/> x <paramref name="direction"/>: adds an attribute of the bundle,
        /// or removes it if the amount is negative (Larsen et al. 2016).
        /// </summary>
        public static void Shift(ReadOnlySpan<float> latent, ReadOnlySpan<float> direction, float amount, Span<float> destination)
        {
            Check(latent.Length, direction.Length, destination.Length);
            for (int i = 0; i < latent.Length; i++) destination[i] = latent[i] + amount * direction[i];
        }

        /// <summary>
        /// A child of two latents: each coordinate comes from <paramref name="a"/> or <paramref name="b"/>, chosen by the seed.
        /// </summary>
        public static void Crossover(ReadOnlySpan<float> a, ReadOnlySpan<float> b, long seed, Span<float> destination)
        {
            Check(a.Length, b.Length, destination.Length);
            var bits = new Sampler(seed, Streams.Crossover);
            for (int i = 0; i < a.Length; i++) destination[i] = bits.Bits(i) >> 63 == 0 ? a[i] : b[i];
        }

        private static ReadOnlySpan<float> Point(ReadOnlySpan<float> points, int index, int count, bool closed, int size)
        {
            index = closed ? (index + count) % count : Math.Min(Math.Max(index, 0), count - 1);
            return points.Slice(index * size, size);
        }

        private static void Blend(ReadOnlySpan<float> a, ReadOnlySpan<float> b, double ofA, double ofB, Span<float> destination,
            float t)
        {
            if (t == 0f) a.CopyTo(destination);
            else if (t == 1f) b.CopyTo(destination);
            else for (int i = 0; i < a.Length; i++) destination[i] = (float)(ofA * a[i] + ofB * b[i]);
        }

        private static void Check(int a, int b, int destination)
        {
            if (a != b || a != destination) throw Errors.LatentLengths(a, b, destination);
        }
    }
}
