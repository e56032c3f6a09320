using System;
using System.Linq;
using System.Numerics;
using NUnit.Framework;
using VaeContent.Internal.Managed;

namespace VaeContent.Tests.Runtime
{
    /// <summary>
    /// The kernels of the evaluator in C#: vectors and plain numbers, bit for bit, and both against known answers.
    /// </summary>
    public sealed unsafe class ManagedKernelTests
    {
        private const int Seed = 5;

        [Test]
        public void VectorsAndPlainNumbersMultiplyToTheSameBits([Values(1, 7, 300)] int depth)
        {
            if (!Vector.IsHardwareAccelerated) Assert.Ignore("no vectors here");
            int width = Product.Columns;
            float[] a = Normals(4 * depth, 0), panel = Normals(depth * width, 1), packed = new float[4 * depth];
            float[] vectors = new float[4 * width], plain = new float[4 * width];
            float[] row = new float[width], plainRow = new float[width];
            int[] offsets = Enumerable.Range(0, depth).Select(i => i * width).ToArray();
            fixed (float* x = a, p = packed, b = panel, v = vectors, s = plain, one = row, plainOne = plainRow)
            fixed (int* o = offsets)
            {
                Product.PackTile(x, 4, depth, p);
                Product.Tile(p, b, o, depth, v);
                Product.PlainTile(p, b, o, depth, s);
                Product.Row(x, b, depth, one);
                Product.PlainRow(x, b, depth, plainOne);
            }

            Assert.That(Bits(vectors, 4 * width), Is.EqualTo(Bits(plain, 4 * width)), "seed " + Seed);
            Assert.That(Bits(row, width), Is.EqualTo(Bits(plainRow, width)), "one row");
            Assert.That(Bits(row, width), Is.EqualTo(Bits(vectors, width)), "one row as among four");
            for (int r = 0; r < 4; r++)
            {
                double sum = Enumerable.Range(0, depth).Sum(i => (double)a[r * depth + i] * panel[i * width + 1]);
                Assert.That(vectors[r * width + 1], Is.EqualTo(sum).Within(1e-4));
            }
        }

        [Test]
        public void EveryFunctionIsItsFormula()
        {
            float[] x = Enumerable.Range(-400, 801).Select(i => i / 4f).Concat(Normals(200, 2)).ToArray();
            float[] y = Normals(x.Length, 3), z = Normals(x.Length, 4);
            foreach (Function f in Enum.GetValues<Function>())
            {
                float[] together = new float[x.Length], alone = new float[x.Length];
                fixed (float* a = x, b = y, c = z, to = together, one = alone)
                {
                    Elementwise.Apply(f, a, b, c, to, x.Length, 0.1f);
                    for (int i = 0; i < x.Length; i++) Elementwise.Apply(f, a + i, b + i, c + i, one + i, 1, 0.1f); // no vector
                }

                Assert.That(Bits(together, x.Length), Is.EqualTo(Bits(alone, x.Length)), f + ", seed " + Seed);
                for (int i = 0; i < x.Length; i++)
                {
                    double expected = Formula(f, x[i], y[i], z[i]);
                    double tolerance = 2e-7 * Math.Max(1, Math.Abs(expected));
                    Assert.That(together[i], Is.EqualTo(expected).Within(tolerance), f + " of " + x[i]);
                }
            }
        }

        [Test]
        public void PackedRowsLieInPanels()
        {
            int width = Product.Columns, columns = 2 * width + 3;
            float[] row = Normals(columns, 6), panels = new float[Product.PanelSize(2, columns)];
            fixed (float* from = row, to = panels)
            {
                Product.PackRow(from, width, 2, width, to, 2, 1); // lines end to end
                Product.PackRow(from, 0, 1, columns, to, 2, 1);
            }

            for (int i = 0; i < columns; i++) Assert.That(panels[(i / width * 2 + 1) * width + i % width], Is.EqualTo(row[i]));
        }

        private static double Formula(Function f, double x, double y, double z) => f switch
        {
            Function.Add => x + y,
            Function.Sub => x - y,
            Function.Mul => x * y,
            Function.Div => x / y,
            Function.Max => Math.Max(x, y),
            Function.GreaterOrEqual => x >= y ? 1 : 0,
            Function.Neg => -x,
            Function.Relu => Math.Max(x, 0),
            Function.LeakyRelu => x < 0 ? 0.1f * x : x,
            Function.Sigmoid => 1 / (1 + Math.Exp(-x)),
            Function.Tanh => Math.Tanh(x),
            Function.Where => x > 0 ? y : z,
            _ => throw new ArgumentOutOfRangeException(nameof(f)),
        };

        private static float[] Normals(int count, int stream)
        {
            var normals = new Sampler(Seed, stream);
            return Enumerable.Range(0, count).Select(i => normals.Normal(i)).ToArray();
        }

        private static int[] Bits(float[] values, int count) =>
            values.Take(count).Select(BitConverter.SingleToInt32Bits).ToArray();
    }
}
