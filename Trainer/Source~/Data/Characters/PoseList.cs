using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>What a person writes after <c>--poses</c> and <c>--frames</c>.</summary>
internal static class PoseList
{
    private const int MostFrames = 64;

    /// <summary>The poses of <c>up,left,down,right</c>; none for null.</summary>
    /// <exception cref="UserError">One is empty or named twice.</exception>
    public static IReadOnlyList<string> Names(string? text)
    {
        if (text is null) return [];
        string[] names = [.. text.Split(',').Select(name => name.Trim())];
        if (names.Any(name => name.Length is 0 or > 100 || name.Any(char.IsControl)))
            throw new UserError($"--poses '{text}': expected names with commas between, as in up,left,down,right.");
        foreach (var (name, count) in names.CountBy(name => name))
            if (count > 1) throw new UserError($"--poses names '{name}' {count} times; expected each pose once.");
        return names;
    }

    /// <summary>The numbers of <c>4</c> or <c>4,4,1</c>; none for null.</summary>
    /// <exception cref="UserError">One is not a number of frames.</exception>
    public static IReadOnlyList<int> Frames(string? text)
    {
        if (text is null) return [];
        return [.. text.Split(',').Select(part =>
            int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int frames)
                && frames is > 0 and <= MostFrames ? frames
                : throw new UserError($"--frames '{text}': expected the number of frames of a pose, 1 to {MostFrames}, or one "
                    + "for each pose, as in 4,4,1."))];
    }
}
