using System.Globalization;
using System.Linq;
using System.Text;

namespace VaeContent.Trainer;

/// <summary>
/// Text from outside, such as names of files, labels and metadata, as it may be displayed: characters that steer a terminal, turn
/// the direction of reading or break a line become visible ones.
/// </summary>
internal static class PlainText
{
    private const char Replacement = '?';

    /// <summary>The text without such characters.</summary>
    public static string Clean(string text)
    {
        StringBuilder? plain = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (!Steers(text[i])) continue;
            plain ??= new StringBuilder(text);
            plain[i] = Replacement;
        }
        return plain?.ToString() ?? text;
    }

    /// <summary>
    /// A cell of a table, which may have several lines, and which no spreadsheet takes for a formula: those begin with one of
    /// four signs. Numbers do too, and stay.
    /// </summary>
    public static string Cell(string text)
    {
        string plain = string.Join('\n', text.Split('\n').Select(Clean));
        return plain is ['=' or '+' or '-' or '@', ..]
            && !double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? "'" + plain : plain;
    }

    // Controls (escape among them), line and paragraph separators, and the marks that turn the direction of reading.
    private static bool Steers(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u061C' or '\u200E' or '\u200F'
        or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
