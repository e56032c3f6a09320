using System;

namespace VaeContent.Editor
{
    /// <summary>
    /// The directions in which a cloud of latents varies most, each as long as one standard deviation: principal component
    /// analysis by Jacobi's rotations (1846), exact enough for the few dozen numbers of a latent.
    /// </summary>
    internal sealed class PrincipalDirections
    {
        private const int MostSweeps = 50;

        private readonly float[] _directions; // (Z, Z), rows, most variance first

        /// <summary>Directions of <paramref name="count"/> latents laid end to end, (count, Z).</summary>
        internal PrincipalDirections(ReadOnlySpan<float> latents, int count)
        {
            if (count < 2 || latents.Length % count != 0)
                throw new ArgumentException("Two latents or more of one length are needed.", nameof(latents));
            Size = latents.Length / count;
            Mean = MeanOf(latents, count, Size);
            double[,] covariance = Covariance(latents, count);
            double[,] vectors = Diagonalise(covariance);
            _directions = Sorted(covariance, vectors);
        }

        /// <summary>Z.</summary>
        internal int Size { get; }

        /// <summary>The middle of the cloud, (Z).</summary>
        internal float[] Mean { get; }

        /// <summary>The direction of rank <paramref name="index"/>, (Z); its length is the standard deviation along it.</summary>
        internal ReadOnlySpan<float> this[int index] => new ReadOnlySpan<float>(_directions, index * Size, Size);

        /// <summary>
        /// Adds <paramref name="amounts"/> standard deviations along the first directions to a latent, in place.
        /// </summary>
        internal void Move(Span<float> latent, ReadOnlySpan<float> amounts)
        {
            for (int d = 0; d < amounts.Length && d < Size; d++)
            {
                var direction = this[d];
                for (int i = 0; i < Size; i++) latent[i] += amounts[d] * direction[i];
            }
        }

        private static float[] MeanOf(ReadOnlySpan<float> latents, int count, int size)
        {
            var sums = new double[size];
            for (int i = 0; i < latents.Length; i++) sums[i % size] += latents[i];
            return Array.ConvertAll(sums, sum => (float)(sum / count));
        }

        private double[,] Covariance(ReadOnlySpan<float> latents, int count)
        {
            var covariance = new double[Size, Size];
            for (int n = 0; n < count; n++)
            {
                var latent = latents.Slice(n * Size, Size);
                for (int i = 0; i < Size; i++)
                {
                    for (int j = 0; j <= i; j++)
                    {
                        covariance[i, j] += ((double)latent[i] - Mean[i]) * ((double)latent[j] - Mean[j]) / (count - 1);
                    }
                }
            }

            for (int i = 0; i < Size; i++)
            {
                for (int j = 0; j < i; j++) covariance[j, i] = covariance[i, j];
            }

            return covariance;
        }

        // Leaves the eigenvalues on the diagonal of the matrix and returns the eigenvectors as columns.
        private static double[,] Diagonalise(double[,] matrix)
        {
            int size = matrix.GetLength(0);
            var vectors = new double[size, size];
            for (int i = 0; i < size; i++) vectors[i, i] = 1;
            for (int sweep = 0; sweep < MostSweeps; sweep++)
            {
                double off = 0;
                for (int p = 0; p < size; p++)
                {
                    for (int q = p + 1; q < size; q++)
                    {
                        off += Math.Abs(matrix[p, q]);
                        if (Math.Abs(matrix[p, q]) > 1e-15) Rotate(matrix, vectors, p, q);
                    }
                }

                if (off < 1e-12) break;
            }

            return vectors;
        }

        private static void Rotate(double[,] matrix, double[,] vectors, int p, int q)
        {
            int size = matrix.GetLength(0);
            double theta = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
            double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
            double c = 1 / Math.Sqrt(t * t + 1), s = t * c;
            for (int k = 0; k < size; k++) Turn(ref matrix[k, p], ref matrix[k, q], c, s);
            for (int k = 0; k < size; k++) Turn(ref matrix[p, k], ref matrix[q, k], c, s);
            for (int k = 0; k < size; k++) Turn(ref vectors[k, p], ref vectors[k, q], c, s);
        }

        private static void Turn(ref double a, ref double b, double c, double s)
        {
            double was = a;
            a = c * was - s * b;
            b = s * was + c * b;
        }

        private float[] Sorted(double[,] values, double[,] vectors)
        {
            var order = new int[Size];
            var keys = new double[Size];
            for (int i = 0; i < Size; i++)
            {
                order[i] = i;
                keys[i] = -values[i, i];
            }

            Array.Sort(keys, order);
            var rows = new float[Size * Size];
            for (int rank = 0; rank < Size; rank++)
            {
                double deviation = Math.Sqrt(Math.Max(-keys[rank], 0));
                for (int i = 0; i < Size; i++) rows[rank * Size + i] = (float)(vectors[i, order[rank]] * deviation);
            }

            return rows;
        }
    }
}
