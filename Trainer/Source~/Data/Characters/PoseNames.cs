using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>
/// Characters by the names of their files, as in <c>knight_walk_left_03.png</c> or <c>knight/walk_left_03.png</c>: the trailing
/// number is the frame, the words before it that name movements or directions are the pose, and what is left is the character.
/// </summary>
internal sealed class PoseNames : CharacterSource
{
    // What artists call movements and directions.
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "up", "down", "left", "right", "north", "south", "east", "west", "ne", "nw", "se", "sw", "front", "back", "side",
        "idle", "stand", "standing", "walk", "walking", "run", "running", "jump", "fall", "land", "climb", "swim", "fly",
        "attack", "slash", "thrust", "shoot", "cast", "spellcast", "hit", "hurt", "block", "die", "death", "dead", "sit",
        "crouch", "sleep", "push", "pull", "carry", "throw", "dash", "roll", "pose", "frame",
    };

    // Fewer could share such names by chance.
    private const int FewestCharacters = 8;

    private readonly (string Name, string[] Words)[] _asked; // the longest first

    private PoseNames(IReadOnlyList<string> asked)
    {
        Order = asked;
        _asked = [.. asked.Select(pose => (pose, Split(pose).Select(word => word.Text).ToArray()))
            .OrderByDescending(pose => pose.Item2.Length)];
    }

    public override string Origin => "the names of files";

    public override IReadOnlyList<string> Order { get; }

    /// <summary>Names that end in one of these poses, before the number of the frame.</summary>
    public static PoseNames EndingIn(IReadOnlyList<string> poses) => new(poses);

    /// <summary>
    /// The source where all files are named so: eight characters or more in two poses or frames or more; otherwise null.
    /// </summary>
    public static PoseNames? Guess(IReadOnlyList<string> files)
    {
        var names = new PoseNames([]);
        CharacterFrame?[] frames = [.. files.Select(file => names.FrameOf(file))];
        if (frames.Length == 0 || !frames.All(frame => frame is not null)) return null;
        int characters = frames.Select(frame => frame!.Value.Character).Distinct(StringComparer.Ordinal).Count();
        return characters >= FewestCharacters && frames.Length >= 2 * characters ? names : null;
    }

    public override CharacterFrame? FrameOf(PicturePath picture)
    {
        if (picture.Cell is not null) return null;
        int dot = picture.File.LastIndexOf('.');
        string stem = dot > picture.File.LastIndexOf('/') ? picture.File[..dot] : picture.File;
        List<Word> words = [.. Split(stem)];
        int frame = picture.Frame ?? 0, end = words.Count;
        if (end > 0 && int.TryParse(words[end - 1].Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number < 256)
        {
            if (picture.Frame is null) frame = number;
            end--;
        }
        if (PoseOf(words, end) is not var (start, pose) || start == 0) return null;
        return new(stem[..words[start - 1].End], pose, frame);
    }

    private (int Start, string Name)? PoseOf(List<Word> words, int end)
    {
        string[] texts = [.. words.Take(end).Select(word => word.Text)];
        foreach (var (name, pose) in _asked)
        {
            if (texts.AsSpan().EndsWith(pose, StringComparer.OrdinalIgnoreCase)) return (end - pose.Length, name);
        }
        if (_asked.Length > 0) return null;
        int start = end;
        while (start > 0 && Words.Contains(texts[start - 1])) start--;
        return start == end ? null : (start, string.Join(' ', texts[start..]).ToLowerInvariant());
    }

    // Words end at what separates them, and where digits begin.
    private static IEnumerable<Word> Split(string stem)
    {
        for (int i = 0; i < stem.Length;)
        {
            int start = i;
            if (!char.IsLetterOrDigit(stem[i]))
            {
                i++;
                continue;
            }
            bool digits = char.IsAsciiDigit(stem[i]);
            while (i < stem.Length && char.IsLetterOrDigit(stem[i]) && char.IsAsciiDigit(stem[i]) == digits) i++;
            yield return new Word(stem[start..i], i);
        }
    }

    private readonly record struct Word(string Text, int End);
}
