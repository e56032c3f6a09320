using System;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;

namespace VaeContent.Trainer;

/// <summary>
/// Tells files that this program wrote from all others: pictures, pages and figures carry its name; tables of it have columns
/// that
/// no others have.
/// </summary>
internal static partial class Authorship
{
    /// <summary>What such files contain.</summary>
    public const string Name = "vaecontent";

    // Larger files are none of ours.
    private const long MostBytes = 1L << 30;
    private const int Part = 1 << 20;

    /// <summary>Whether the file is one that this program wrote. False where it cannot be read.</summary>
    public static bool IsOurs(string path)
    {
        try
        {
            string ending = Path.GetExtension(path).ToLowerInvariant();
            if (ending == ".csv") return OwnColumns().IsMatch(FirstLine(path));
            if (ending == ".npy") return IsOurs(Path.ChangeExtension(path, ".csv"));
            return Contains(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string FirstLine(string path)
    {
        using var reader = new StreamReader(path);
        return reader.ReadLine() ?? "";
    }

    private static bool Contains(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (file.Length > MostBytes) return false;
        var bytes = new byte[Part + Name.Length];
        int kept = 0; // from the part before, in case the name lies across
        for (int read; (read = file.Read(bytes, kept, Part)) > 0;)
        {
            int length = kept + read;
            if (Encoding.Latin1.GetString(bytes, 0, length).Contains(Name, StringComparison.OrdinalIgnoreCase)) return true;
            kept = Math.Min(length, Name.Length - 1);
            Array.Copy(bytes, length - kept, bytes, 0, kept);
        }
        return false;
    }

    // Scores and latents; labels.csv of painted sprites is the user's to edit.
    [GeneratedRegex(@"^file,(nats|(label,)?(z0|logVar0)(,(z|logVar)\d+)*)$")]
    private static partial Regex OwnColumns();
}
