using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace VaeContent.Internal.Managed
{
    /// <summary>
    /// The matrix product that all heavy work is: tiles of up to four rows by <see cref="Columns"/> columns, b in panels of that
    /// many columns, row after row. Every sum goes from the first product to the last, each rounded to a float, without fused
    /// multiply-add: vectors of any length and plain numbers give the same bits, for one sprite and for many.
    /// </summary>
    internal static unsafe class Product
    {
        internal const int Rows = 4;

        /// <summary>
        /// Compiled in full at the first call: the first run of a game should not be a hundred times slower than the rest.
        /// </summary>
        internal const MethodImplOptions Optimised = (MethodImplOptions)512;

        /// <summary>Columns of a panel.</summary>
        internal static readonly int Columns = Vector.IsHardwareAccelerated ? 2 * Vector<float>.Count : 8;

        /// <summary>Room for <paramref name="rows"/> by <paramref name="columns"/> numbers in panels.</summary>
        internal static int PanelSize(int rows, int columns) => checked((columns + Columns - 1) / Columns * Columns * rows);

        /// <summary>
        /// Packs <paramref name="height"/> lines of <paramref name="width"/> numbers, <paramref name="step"/> from one to the
        /// next, end to end as row <paramref name="row"/> of <paramref name="rows"/>.
        /// </summary>
        [MethodImpl(Optimised)]
        internal static void PackRow(float* from, long step, int height, int width, float* panels, int rows, int row)
        {
            int columns = Columns, at = 0;
            long panel = (long)rows * columns;
            float* to = panels + (long)row * columns;
            for (int y = 0; y < height; y++, from += step)
            {
                for (int x = 0; x < width;)
                {
                    int length = Math.Min(columns - at, width - x);
                    Copy(from + x, to + at, length);
                    x += length;
                    at += length;
                    if (at < columns) continue;
                    at = 0;
                    to += panel;
                }
            }
        }

        /// <summary>
        /// Packs up to four rows of a, (rows, depth), for <see cref="Tile"/>: the first of each, the second of each, and so on; 0
        /// for what is missing.
        /// </summary>
        [MethodImpl(Optimised)]
        internal static void PackTile(float* a, int rows, int depth, float* tile)
        {
            float* a1 = rows > 1 ? a + depth : null, a2 = rows > 2 ? a + 2L * depth : null, a3 = rows > 3 ? a + 3L * depth : null;
            for (int i = 0; i < depth; i++, tile += Rows)
            {
                tile[0] = a[i];
                tile[1] = a1 == null ? 0f : a1[i];
                tile[2] = a2 == null ? 0f : a2[i];
                tile[3] = a3 == null ? 0f : a3[i];
            }
        }

        /// <summary>
        /// One tile, (4, Columns): the sum over i below <paramref name="count"/> of the four numbers of a at 4 i, each times the
        /// panel's row at offsets[i].
        /// </summary>
        [MethodImpl(Optimised)]
        internal static void Tile(float* a, float* panel, int* offsets, int count, float* tile)
        {
            if (!Vector.IsHardwareAccelerated)
            {
                PlainTile(a, panel, offsets, count, tile);
                return;
            }

            Vector<float> c00 = default, c01 = default, c10 = default, c11 = default;
            Vector<float> c20 = default, c21 = default, c30 = default, c31 = default;
            for (float* end = a + (long)Rows * count; a < end; a += Rows, offsets++)
            {
                float* b = panel + *offsets;
                var b0 = *(Vector<float>*)b;
                var b1 = *(Vector<float>*)(b + Vector<float>.Count);
                var x = new Vector<float>(a[0]);
                c00 += x * b0;
                c01 += x * b1;
                x = new Vector<float>(a[1]);
                c10 += x * b0;
                c11 += x * b1;
                x = new Vector<float>(a[2]);
                c20 += x * b0;
                c21 += x * b1;
                x = new Vector<float>(a[3]);
                c30 += x * b0;
                c31 += x * b1;
            }

            var to = (Vector<float>*)tile;
            to[0] = c00;
            to[1] = c01;
            to[2] = c10;
            to[3] = c11;
            to[4] = c20;
            to[5] = c21;
            to[6] = c30;
            to[7] = c31;
        }

        /// <summary>One row of a tile: a is one number after another.</summary>
        [MethodImpl(Optimised)]
        internal static void Row(float* a, float* panel, int count, float* tile)
        {
            if (!Vector.IsHardwareAccelerated)
            {
                PlainRow(a, panel, count, tile);
                return;
            }

            Vector<float> c0 = default, c1 = default;
            for (float* end = a + count; a < end; a++, panel += 2 * Vector<float>.Count)
            {
                var x = new Vector<float>(*a);
                c0 += x * *(Vector<float>*)panel;
                c1 += x * *(Vector<float>*)(panel + Vector<float>.Count);
            }

            var to = (Vector<float>*)tile;
            to[0] = c0;
            to[1] = c1;
        }

        // Casts: some runtimes keep products and sums of floats in doubles.
        [MethodImpl(Optimised)]
        internal static void PlainTile(float* a, float* panel, int* offsets, int count, float* tile)
        {
            int width = Columns;
            for (int column = 0; column < width; column += 2, panel += 2, tile += 2)
            {
                float c00 = 0, c01 = 0, c10 = 0, c11 = 0, c20 = 0, c21 = 0, c30 = 0, c31 = 0;
                float* x = a;
                for (int i = 0; i < count; i++, x += Rows)
                {
                    float* b = panel + offsets[i];
                    float b0 = b[0], b1 = b[1];
                    c00 = (float)(c00 + (float)(x[0] * b0));
                    c01 = (float)(c01 + (float)(x[0] * b1));
                    c10 = (float)(c10 + (float)(x[1] * b0));
                    c11 = (float)(c11 + (float)(x[1] * b1));
                    c20 = (float)(c20 + (float)(x[2] * b0));
                    c21 = (float)(c21 + (float)(x[2] * b1));
                    c30 = (float)(c30 + (float)(x[3] * b0));
                    c31 = (float)(c31 + (float)(x[3] * b1));
                }

                tile[0] = c00;
                tile[1] = c01;
                tile[width] = c10;
                tile[width + 1] = c11;
                tile[2 * width] = c20;
                tile[2 * width + 1] = c21;
                tile[3 * width] = c30;
                tile[3 * width + 1] = c31;
            }
        }

        [MethodImpl(Optimised)]
        internal static void PlainRow(float* a, float* panel, int count, float* tile)
        {
            int width = Columns;
            for (int column = 0; column < width; column += 2)
            {
                float c0 = 0, c1 = 0;
                float* b = panel + column;
                for (int i = 0; i < count; i++, b += width)
                {
                    c0 = (float)(c0 + (float)(a[i] * b[0]));
                    c1 = (float)(c1 + (float)(a[i] * b[1]));
                }

                tile[column] = c0;
                tile[column + 1] = c1;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Copy(float* from, float* to, int count)
        {
            int i = 0;
            if (Vector.IsHardwareAccelerated)
            {
                for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
                {
                    *(Vector<float>*)(to + i) = *(Vector<float>*)(from + i);
                }
            }

            for (; i <= count - 2; i += 2) *(long*)(to + i) = *(long*)(from + i);
            if (i < count) to[i] = from[i];
        }
    }
}
