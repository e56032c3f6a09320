using System.Linq;

namespace VaeContent.Tests.Trainer.Metrics;

/// <summary>
/// Sprites as text, one character a pixel: <c>.</c> is transparent, others are colours; a digit is a grey of that alpha.
/// </summary>
internal static class Pixels
{
    public static Rgba32[] Row(string text) => [.. text.Select(One)];

    private static Rgba32 One(char c) => c switch
    {
        '.' => default,
        'r' => new Rgba32(200, 0, 0),
        'R' => new Rgba32(210, 0, 0), // within the tolerance of r
        'g' => new Rgba32(0, 200, 0),
        'b' => new Rgba32(0, 0, 200),
        _ => new Rgba32(100, 100, 100, (byte)((c - '0') * 25)),
    };
}
