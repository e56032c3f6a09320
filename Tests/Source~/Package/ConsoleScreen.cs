using System;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Package;

/// <summary>A terminal for half blocks: reads what the console sample writes and gives back the pixels one would see.</summary>
internal static class ConsoleScreen
{
    /// <summary>The picture, two rows of pixels for each line of text.</summary>
    public static Bitmap Show(ReadOnlySpan<byte> text, int width, int height)
    {
        var screen = new Bitmap(width, height);
        Rgba32 front = default, back = default;
        int x = 0, y = 0;
        foreach (Match part in Regex.Matches(Encoding.UTF8.GetString(text),
            "\x1b\\[(?<code>[\\d;]*)(?<kind>[mH])|(?<cell>▀)|(?<line>\r\n)|(?<other>.)"))
        {
            if (part.Groups["other"].Success) throw new InvalidOperationException($"unexpected '{part.Value}' in the text");
            if (part.Groups["kind"].Value == "H") (x, y) = (0, 0);
            else if (part.Groups["code"].Value.StartsWith("38;2;", StringComparison.Ordinal))
                front = Colour(part.Groups["code"].Value);
            else if (part.Groups["code"].Value.StartsWith("48;2;", StringComparison.Ordinal))
                back = Colour(part.Groups["code"].Value);
            else if (part.Groups["line"].Success) (x, y) = (0, y + 2);
            else if (part.Groups["cell"].Success)
            {
                screen[x, y] = front;
                screen[x++, y + 1] = back;
            }
        }
        return screen;
    }

    private static Rgba32 Colour(string code)
    {
        string[] numbers = code.Split(';');
        return new Rgba32(Channel(numbers[2]), Channel(numbers[3]), Channel(numbers[4]));
    }

    private static byte Channel(string number) => byte.Parse(number, CultureInfo.InvariantCulture);
}
