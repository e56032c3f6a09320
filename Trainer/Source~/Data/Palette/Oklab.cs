namespace VaeContent.Trainer.Data;

/// <summary>
/// A colour in OKLab (Björn Ottosson 2020), where equal distances look about equally large; 0.02 is hard to see. Computed with
/// + - * / alone, so that its bits are the same on every machine.
/// </summary>
/// <param name="L">Lightness, 0 black .. 1 white.</param>
/// <param name="A">Green (-) to red (+).</param>
/// <param name="B">Blue (-) to yellow (+).</param>
public readonly record struct Oklab(float L, float A, float B)
{
    private static readonly double[] LinearOf = MakeLinear();

    /// <summary>The OKLab colour of an sRGB one; alpha is ignored.</summary>
    public static Oklab FromColour(Rgba32 colour)
    {
        double r = LinearOf[colour.R], g = LinearOf[colour.G], b = LinearOf[colour.B];
        double l = Root(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b, 3);
        double m = Root(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b, 3);
        double s = Root(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b, 3);
        return new Oklab(
            (float)(0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s),
            (float)(1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s),
            (float)(0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s));
    }

    /// <summary>The opaque sRGB colour; what sRGB cannot show is cut off channel by channel.</summary>
    public Rgba32 ToRgb()
    {
        double l = Cube(L + (0.3963377774 * A) + (0.2158037573 * B));
        double m = Cube(L - (0.1055613458 * A) - (0.0638541728 * B));
        double s = Cube(L - (0.0894841775 * A) - (1.2914855480 * B));
        return new Rgba32(
            Byte((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s)),
            Byte((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s)),
            Byte((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s)));
    }

    /// <summary>The squared distance to another colour.</summary>
    public float DistanceSquared(Oklab other)
    {
        float l = L - other.L, a = A - other.A, b = B - other.B;
        return l * l + a * a + b * b;
    }

    private static double Cube(double x) => x * x * x;

    // The byte whose linear intensity is nearest.
    private static byte Byte(double linear)
    {
        int at = System.Array.BinarySearch(LinearOf, linear), above = int.Clamp(at < 0 ? ~at : at, 1, 255);
        return (byte)(linear - LinearOf[above - 1] < LinearOf[above] - linear ? above - 1 : above);
    }

    // sRGB's transfer function, IEC 61966-2-1; x^2.4 = x^2 * (x^2)^(1/5).
    private static double[] MakeLinear()
    {
        var linear = new double[256];
        for (int i = 0; i < linear.Length; i++)
        {
            double c = i / 255.0, x = (c + 0.055) / 1.055;
            linear[i] = c <= 0.04045 ? c / 12.92 : x * x * Root(x * x, 5);
        }
        return linear;
    }

    // The n-th root of 0..1 by Newton's method from above, which falls until it has converged.
    private static double Root(double value, int n)
    {
        if (value <= 0) return 0;
        for (double x = 1; ;)
        {
            double power = 1;
            for (int i = 1; i < n; i++) power *= x;
            double next = x + (value / power - x) / n;
            if (next >= x) return x;
            x = next;
        }
    }
}
