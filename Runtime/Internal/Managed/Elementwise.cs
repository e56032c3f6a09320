using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace VaeContent.Internal.Managed
{
    /// <summary>An operator that makes each element of the elements at its place.</summary>
    internal enum Function
    {
        Add, Sub, Mul, Div, Max, GreaterOrEqual, Neg, Relu, LeakyRelu, Sigmoid, Tanh, Where,
    }

    /// <summary>
    /// Elementwise operators over rows of numbers. Vectors and plain numbers take the same steps, each rounded to a float, and
    /// give the same bits. A comparison gives 1 or 0.
    /// </summary>
    internal static unsafe class Elementwise
    {
        private const MethodImplOptions Optimised = (MethodImplOptions)512;

        // e^x = 2^n e^r, n = x / ln 2 rounded: the mantissa of x / ln 2 + 1.5 2^23 holds n. Coefficients of Cephes' expf.
        private const float Lowest = -87f, Highest = 88f, Log2E = 1.44269504f, Round = 12582912f;
        private const float Ln2High = 0.693359375f, Ln2Low = -2.12194440e-4f;
        private const float P0 = 1.9875691500e-4f, P1 = 1.3981999507e-3f, P2 = 8.3334519073e-3f, P3 = 4.1665795894e-2f;
        private const float P4 = 1.6666665459e-1f, P5 = 5.0000001201e-1f;

        /// <summary>to[i] = f(a[i], b[i], c[i]); what <paramref name="f"/> does not take may be null.</summary>
        [MethodImpl(Optimised)]
        internal static void Apply(Function f, float* a, float* b, float* c, float* to, int count, float slope)
        {
            int i = 0;
            if (Vector.IsHardwareAccelerated)
            {
                i = count - count % Vector<float>.Count;
                switch (f)
                {
                    case Function.Neg:
                    case Function.Relu:
                    case Function.LeakyRelu:
                    case Function.Sigmoid:
                    case Function.Tanh: Unary(f, a, to, i, slope); break;
                    case Function.Where: Choice(a, b, c, to, i); break;
                    default: Binary(f, a, b, to, i); break;
                }
            }

            for (; i < count; i++) to[i] = Plain(f, a[i], b == null ? 0f : b[i], c == null ? 0f : c[i], slope);
        }

        /// <summary>to[i] = max(to[i], a[i]).</summary>
        [MethodImpl(Optimised)]
        internal static void MaxInto(float* a, float* to, int count)
        {
            int i = 0;
            if (Vector.IsHardwareAccelerated)
            {
                i = count - count % Vector<float>.Count;
                Binary(Function.Max, to, a, to, i);
            }

            for (; i < count; i++) to[i] = Larger(to[i], a[i]);
        }

        internal static float Larger(float a, float b) => a > b ? a : b;

        [MethodImpl(Optimised)]
        private static void Binary(Function f, float* a, float* b, float* to, int count)
        {
            switch (f)
            {
                case Function.Add:
                    for (int i = 0; i < count; i += Vector<float>.Count) Put(to + i, At(a + i) + At(b + i));
                    break;
                case Function.Sub:
                    for (int i = 0; i < count; i += Vector<float>.Count) Put(to + i, At(a + i) - At(b + i));
                    break;
                case Function.Mul:
                    for (int i = 0; i < count; i += Vector<float>.Count) Put(to + i, At(a + i) * At(b + i));
                    break;
                case Function.Div:
                    for (int i = 0; i < count; i += Vector<float>.Count) Put(to + i, At(a + i) / At(b + i));
                    break;
                case Function.Max:
                    for (int i = 0; i < count; i += Vector<float>.Count)
                    {
                        Vector<float> x = At(a + i), y = At(b + i);
                        Put(to + i, Vector.ConditionalSelect(Vector.GreaterThan(x, y), x, y));
                    }

                    break;
                case Function.GreaterOrEqual:
                    for (int i = 0; i < count; i += Vector<float>.Count)
                    {
                        var holds = Vector.GreaterThanOrEqual(At(a + i), At(b + i));
                        Put(to + i, Vector.ConditionalSelect(holds, Vector<float>.One, Vector<float>.Zero));
                    }

                    break;
                default: throw new ArgumentOutOfRangeException(nameof(f));
            }
        }

        [MethodImpl(Optimised)]
        private static void Unary(Function f, float* a, float* to, int count, float slope)
        {
            switch (f)
            {
                case Function.Neg:
                    for (int i = 0; i < count; i += Vector<float>.Count) Put(to + i, -At(a + i));
                    break;
                case Function.Relu:
                    for (int i = 0; i < count; i += Vector<float>.Count)
                    {
                        var x = At(a + i);
                        Put(to + i, Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), x, Vector<float>.Zero));
                    }

                    break;
                case Function.LeakyRelu:
                    var factor = new Vector<float>(slope);
                    for (int i = 0; i < count; i += Vector<float>.Count)
                    {
                        var x = At(a + i);
                        Put(to + i, Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), factor * x, x));
                    }

                    break;
                case Function.Sigmoid:
                    for (int i = 0; i < count; i += Vector<float>.Count)
                    {
                        Put(to + i, Vector<float>.One / (Vector<float>.One + Exp(-At(a + i))));
                    }

                    break;
                case Function.Tanh:
                    var two = new Vector<float>(2f);
                    for (int i = 0; i < count; i += Vector<float>.Count)
                    {
                        Put(to + i, Vector<float>.One - two / (Exp(two * At(a + i)) + Vector<float>.One));
                    }

                    break;
                default: throw new ArgumentOutOfRangeException(nameof(f));
            }
        }

        [MethodImpl(Optimised)]
        private static void Choice(float* condition, float* a, float* b, float* to, int count)
        {
            for (int i = 0; i < count; i += Vector<float>.Count)
            {
                var holds = Vector.GreaterThan(At(condition + i), Vector<float>.Zero);
                Put(to + i, Vector.ConditionalSelect(holds, At(a + i), At(b + i)));
            }
        }

        // Casts: some runtimes keep products and sums of floats in doubles.
        private static float Plain(Function f, float a, float b, float c, float slope)
        {
            switch (f)
            {
                case Function.Add: return (float)(a + b);
                case Function.Sub: return (float)(a - b);
                case Function.Mul: return (float)(a * b);
                case Function.Div: return (float)(a / b);
                case Function.Max: return Larger(a, b);
                case Function.GreaterOrEqual: return a >= b ? 1f : 0f;
                case Function.Neg: return -a;
                case Function.Relu: return a > 0f ? a : 0f;
                case Function.LeakyRelu: return a < 0f ? (float)(slope * a) : a;
                case Function.Sigmoid: return (float)(1f / (float)(1f + Exp(-a)));
                case Function.Tanh: return (float)(1f - (float)(2f / (float)(Exp((float)(2f * a)) + 1f)));
                case Function.Where: return a > 0f ? b : c;
                default: throw new ArgumentOutOfRangeException(nameof(f));
            }
        }

        private static float Exp(float x)
        {
            x = x < Lowest ? Lowest : x > Highest ? Highest : x;
            float shifted = (float)((float)(x * Log2E) + Round), n = (float)(shifted - Round);
            float r = (float)((float)(x - (float)(n * Ln2High)) - (float)(n * Ln2Low));
            float p = (float)((float)(P0 * r) + P1);
            p = (float)((float)(p * r) + P2);
            p = (float)((float)(p * r) + P3);
            p = (float)((float)(p * r) + P4);
            p = (float)((float)(p * r) + P5);
            p = (float)((float)((float)((float)(p * r) * r) + r) + 1f);
            int power = unchecked((*(int*)&shifted + 127) << 23);
            return (float)(p * *(float*)&power);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector<float> Exp(Vector<float> x)
        {
            Vector<float> lowest = new Vector<float>(Lowest), highest = new Vector<float>(Highest);
            var round = new Vector<float>(Round);
            x = Vector.ConditionalSelect(Vector.LessThan(x, lowest), lowest, x);
            x = Vector.ConditionalSelect(Vector.GreaterThan(x, highest), highest, x);
            Vector<float> shifted = x * new Vector<float>(Log2E) + round, n = shifted - round;
            var r = x - n * new Vector<float>(Ln2High) - n * new Vector<float>(Ln2Low);
            var p = new Vector<float>(P0) * r + new Vector<float>(P1);
            p = p * r + new Vector<float>(P2);
            p = p * r + new Vector<float>(P3);
            p = p * r + new Vector<float>(P4);
            p = p * r + new Vector<float>(P5);
            p = p * r * r + r + Vector<float>.One;
            var power = (Vector.AsVectorInt32(shifted) + new Vector<int>(127)) * new Vector<int>(1 << 23);
            return p * Vector.AsVectorSingle(power);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector<float> At(float* from) => *(Vector<float>*)from;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Put(float* to, Vector<float> value) => *(Vector<float>*)to = value;
    }
}
