using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>
/// Sprites of characters with a label for each frame of each pose, and their character as group. The frames of a pose are
/// counted from 0 in the order of the numbers found, so that files may start at 1 or leave some out.
/// </summary>
internal sealed class CharacterLabels
{
    private const int FewestCharacters = 4, MostLabels = 256;

    private readonly string _root;
    private readonly List<(Sprite Sprite, CharacterFrame Frame)> _found = [];

    /// <summary>Labels the sprites of a folder.</summary>
    /// <exception cref="UserError">The set cannot be learnt from; the message says why.</exception>
    public CharacterLabels(string root, IReadOnlyList<Sprite> sprites, CharacterSource source)
    {
        _root = root;
        int strangers = Find(sprites, source);
        Check(source);
        Poses = ListPoses(source);
        Sprites = Label();
        if (strangers > 0) Warnings.Add($"{strangers} sprites are left out: nothing says which character and pose they show.");
        WarnOfMissing();
    }

    /// <summary>The sprites, in the order given.</summary>
    public IReadOnlyList<Sprite> Sprites { get; }

    /// <summary>Those of characters that are copies of another, each as <c>copy = original</c>.</summary>
    public List<string> Copies { get; } = [];

    /// <summary>All poses, in the order of their labels.</summary>
    public IReadOnlyList<Pose> Poses { get; }

    /// <summary>The labels' names.</summary>
    public IReadOnlyList<string> Names =>
        [.. Poses.SelectMany(pose => Enumerable.Range(0, pose.Frames).Select(pose.LabelOf))];

    /// <summary>Things worth a line.</summary>
    public List<string> Warnings { get; } = [];

    private int Find(IReadOnlyList<Sprite> sprites, CharacterSource source)
    {
        int strangers = 0;
        var seen = new Dictionary<(string, string, int), string>();
        foreach (Sprite sprite in sprites)
        {
            if (source.FrameOf(sprite.Source) is not { } frame)
            {
                strangers++;
                continue;
            }
            if (!seen.TryAdd((frame.Character, frame.Pose, frame.Frame), sprite.Path))
                throw new UserError($"'{_root}': '{sprite.Path}' and '{seen[(frame.Character, frame.Pose, frame.Frame)]}' are "
                    + $"both {frame}; expected each once: give one of the characters another name.");
            _found.Add((sprite, frame));
        }
        return strangers;
    }

    private void Check(CharacterSource source)
    {
        int characters = _found.Select(one => one.Frame.Character).Distinct(StringComparer.Ordinal).Count();
        if (characters < FewestCharacters)
            throw new UserError($"'{_root}' holds {characters} characters, distinguished by {source.Origin}; expected "
                + $"{FewestCharacters} or more: a model learns who and how from many.");
        foreach (var pose in _found.GroupBy(one => one.Frame.Pose, StringComparer.Ordinal))
        {
            string first = pose.First().Frame.Character;
            if (pose.All(one => one.Frame.Character == first))
                throw new UserError($"'{_root}': only '{first}' has the pose '{pose.Key}'; expected 2 characters or more, to "
                    + "learn it from. Draw it for others, or leave it out by naming the poses wanted with --poses.");
        }
    }

    private List<Pose> ListPoses(CharacterSource source)
    {
        var poses = new List<Pose>();
        int label = 0;
        var found = _found.GroupBy(one => one.Frame.Pose, StringComparer.Ordinal)
            .ToDictionary(pose => pose.Key, StringComparer.Ordinal);
        foreach (string missing in source.Order.Where(name => !found.ContainsKey(name)))
            throw new UserError($"'{_root}': no character has the pose '{missing}'; found: {string.Join(", ", found.Keys)}. "
                + "Correct --poses.");
        foreach (string name in source.Order.Count > 0 ? source.Order : [.. found.Keys.Order(StringComparer.Ordinal)])
        {
            int[] numbers = [.. found[name].Select(one => one.Frame.Frame).Distinct().Order()];
            int[] times = [.. found[name].Select(one => one.Frame.Milliseconds).Where(time => time > 0)];
            int usual = times.Length == 0 ? Pose.UsualMilliseconds : times.CountBy(time => time).MaxBy(time => time.Value).Key;
            poses.Add(new Pose(name, label, numbers.Length, usual));
            label += numbers.Length;
        }
        if (label < 2)
            throw new UserError($"'{_root}' shows its characters in one pose of one frame; expected 2 poses or frames or more, "
                + "or --labels none.");
        if (label > MostLabels)
            throw new UserError($"'{_root}': {poses.Count} poses have {label} frames in all; expected {MostLabels} or fewer; "
                + "name fewer with --poses.");
        return poses;
    }

    private List<Sprite> Label()
    {
        var labels = new Dictionary<(string, int), int>();
        foreach (Pose pose in Poses)
        {
            foreach (var (at, frame) in _found.Select(one => one.Frame).Where(frame => frame.Pose == pose.Name)
                .Select(frame => frame.Frame).Distinct().Order().Index()) labels[(pose.Name, frame)] = pose.FirstLabel + at;
        }
        HashSet<string> copies = CopiesOfOthers();
        return [.. _found
            .Where(one => labels.ContainsKey((one.Frame.Pose, one.Frame.Frame)) && !copies.Contains(one.Frame.Character))
            .Select(one => one.Sprite with
            {
                Group = one.Frame.Character,
                Label = labels[(one.Frame.Pose, one.Frame.Frame)],
            })];
    }

    // Characters whose frames all equal those of an earlier one: on both sides of a split they would flatter the model.
    private HashSet<string> CopiesOfOthers()
    {
        var seen = new Dictionary<ulong, string>();
        var copies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var character in _found.GroupBy(one => one.Frame.Character, StringComparer.Ordinal))
        {
            ulong hash = StableHash.Compute([.. character.OrderBy(one => one.Frame.Pose, StringComparer.Ordinal)
                .ThenBy(one => one.Frame.Frame).Select(one => one.Sprite.Hash)]);
            if (seen.TryAdd(hash, character.Key)) continue;
            copies.Add(character.Key);
            Copies.AddRange(character.Select(one => $"{one.Sprite.Path} = '{seen[hash]}'"));
        }
        return copies;
    }

    private void WarnOfMissing()
    {
        int all = Poses.Sum(pose => pose.Frames);
        var lacking = Sprites.GroupBy(sprite => sprite.Group, StringComparer.Ordinal).Where(one => one.Count() < all).ToList();
        if (lacking.Count == 0) return;
        var example = lacking[0];
        Pose missing = Poses.First(pose => Enumerable.Range(pose.FirstLabel, pose.Frames)
            .Any(label => example.All(sprite => sprite.Label != label)));
        Warnings.Add($"{lacking.Count} characters lack frames of poses, such as '{example.Key}' of '{missing.Name}'; they train "
            + "with those they have.");
    }
}
