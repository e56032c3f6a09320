using System;
using System.Text.RegularExpressions;

namespace VaeContent.Trainer;

/// <summary>A path or value as one word of a command line, for bash and PowerShell alike.</summary>
internal static partial class ShellWord
{
    /// <summary>The word, in quotes where a shell would take it apart or change it.</summary>
    public static string Quote(string text)
    {
        if (text.StartsWith('-')) text = "./" + text; // or it is read as an option
        if (Plain().IsMatch(text)) return text;
        if (!text.Contains('\'', StringComparison.Ordinal)) return $"'{text}'";
        if (text.AsSpan().IndexOfAny("$`\"\\!") < 0) return $"\"{text}\"";
        return OperatingSystem.IsWindows() ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    [GeneratedRegex(@"^[\w./:=+%-]+$")]
    private static partial Regex Plain();
}
