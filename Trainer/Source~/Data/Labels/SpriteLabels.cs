using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>Sprites with their labels, groups and factors, and how the labels came about.</summary>
internal sealed class SpriteLabels
{
    private const int MaxLabels = 256, FewSprites = 4;
    private readonly string _root;
    private readonly LabelTable? _table;
    private readonly List<string> _warnings;
    private List<Sprite> _sprites;

    /// <summary>Labels <paramref name="sprites"/> by <paramref name="source"/>.</summary>
    public SpriteLabels(
        SpriteScan scan, IEnumerable<Picture> pictures, List<Sprite> sprites, int width, LabelSource source,
        CharacterSource? characters, List<string> warnings)
    {
        (_root, _sprites, _warnings) = (scan.Root, sprites, warnings);
        _table = LabelTable.TryLoad(_root, source.Column ?? "label");
        _table?.CheckFiles(scan.All, pictures);

        string[] groups = SpriteGroups.FromPaths([.. sprites.Select(sprite => sprite.Source)]);
        if (characters is null) groups = Likeness.Join(sprites, groups, width); // frames of characters are grouped as such
        _sprites = [.. sprites.Select((sprite, i) => groups[i] == sprite.Path ? sprite : sprite with { Group = groups[i] })];
        if (_table is not null) _sprites = _sprites.ConvertAll(_table.Describe);
        Groups = _sprites.Select(sprite => sprite.Group).Distinct(StringComparer.Ordinal).Count();
        if (characters is not null)
        {
            ByCharacter(characters);
            return;
        }
        if (Groups < SpriteSet.FewestGroups)
            warnings.Add($"All sprites are of {Groups} drawings or animations: the held-out ones are like "
                + "the training ones, so figures flatter the model.");
        Label(source);
    }

    /// <summary>The sprites, in the order given.</summary>
    public IReadOnlyList<Sprite> Sprites => _sprites;

    /// <summary>Label names: as numbers where all are whole numbers, otherwise in ordinal order.</summary>
    public IReadOnlyList<string> Names { get; private set; } = Array.Empty<string>();

    /// <summary>For labels of several columns, each label's value in each of them; empty for others.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ColumnValues { get; private set; } = [];

    /// <summary>The poses of characters, in the order of their labels; empty for other sets.</summary>
    public IReadOnlyList<Pose> Poses { get; private set; } = [];

    /// <summary>Sprites of characters that are copies of another one, each as <c>copy = original</c>.</summary>
    public List<string> Copies { get; private set; } = [];

    /// <summary>Factor names, in the order of labels.csv.</summary>
    public IReadOnlyList<string> FactorNames => _table?.FactorNames ?? [];

    /// <summary>How many groups there are.</summary>
    public int Groups { get; }

    /// <summary>Where the labels came from, for a log line.</summary>
    public string Origin { get; private set; } = "none";

    private void Label(LabelSource source)
    {
        if (source.IsNone) return;
        if (source.IsFolders)
            ByFolders(source.Depth == 0 ? FolderLabels.Separating(_sprites) : source.Depth);
        else if (source.Column is { } column)
            ByColumn(column);
        else if (_table is { HasLabels: true })
            ByColumn("label");
        else
            Automatically();
    }

    private void ByCharacter(CharacterSource source)
    {
        var found = new CharacterLabels(_root, _sprites, source);
        _sprites = [.. found.Sprites];
        (Names, Poses, Copies, Origin) = (found.Names, found.Poses, found.Copies, source.Origin);
        _warnings.AddRange(found.Warnings);
    }

    private void ByColumn(string column)
    {
        if (_table is null)
            throw new UserError($"labels '{column}': '{_root}' has no labels.csv; expected one with the columns 'file' and " +
                $"'{column}'.");
        if (!_table.HasLabels)
            throw new UserError($"labels '{column}': '{_root}/labels.csv' has no such column; found: {_table.ColumnNames}.");
        bool several = column.Contains(',', StringComparison.Ordinal);
        Assign([.. _sprites.Select(sprite => _table.LabelOf(sprite.Source))],
            $"labels.csv column{(several ? "s" : "")} '{column}'");
        if (several) ColumnValues = [.. Names.Select(_table.ValuesOf)];
    }

    private void ByFolders(int depth)
    {
        if (depth == 0)
            throw new UserError($"labels 'folders': all sprites of '{_root}' lie in one folder; sort them into several, or " +
                "use --labels none.");
        Assign([.. _sprites.Select(sprite => FolderLabels.FromPath(sprite.Path, depth))], Levels(depth));
    }

    private void Automatically()
    {
        (int depth, string?[] names, string? refusal) = FolderLabels.Automatic(_sprites);
        if (depth > 0)
            Assign(names, Levels(depth));
        else if (refusal is not null)
            _warnings.Add($"No labels: {refusal}. Use '--labels folders' to take the folders as they are.");
    }

    private static string Levels(int depth) => depth == 1 ? "folders" : $"folders, {depth} levels";

    private void Assign(string?[] texts, string origin)
    {
        string[] names = Sort([.. texts.OfType<string>().Distinct(StringComparer.Ordinal)]);
        if (names.Length < 2)
            throw new UserError($"'{_root}': {origin} gives {(names.Length == 0 ? "no label" : $"one label, '{names[0]}',")} " +
                $"for {_sprites.Count} sprites; expected 2 or more; use --labels none.");
        if (names.Length > MaxLabels)
            throw new UserError($"'{_root}': {origin} gives {names.Length} different labels; expected 2..{MaxLabels}; use a " +
                "coarser one, or --labels none.");

        var index = names.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        _sprites = [.. _sprites.Select((sprite, i) => sprite with { Label = texts[i] is { } text ? index[text] : -1 })];
        (Names, Origin) = (names, origin);
        Warn(texts, names);
    }

    private void Warn(string?[] texts, string[] names)
    {
        int missing = texts.Count(text => text is null);
        if (missing > 0)
            _warnings.Add($"{missing} sprites have no label, such as '{_sprites.First(sprite => sprite.Label < 0).Path}'; " +
                "they train without one.");
        string[] few = [.. names.Where(name => texts.Count(text => text == name) < FewSprites)];
        if (few.Length > 0)
            _warnings.Add($"{few.Length} labels have fewer than {FewSprites} sprites, such as '{few[0]}'; expect little of " +
                "them.");
    }

    private static string[] Sort(string[] names)
    {
        Array.Sort(names, StringComparer.Ordinal);
        bool areNumbers = Array.TrueForAll(names, name =>
            int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
        return areNumbers ? [.. names.OrderBy(name => int.Parse(name, CultureInfo.InvariantCulture))] : names;
    }
}
