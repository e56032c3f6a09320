using System.CommandLine;
using System.IO;

namespace VaeContent.Trainer.Cli;

/// <summary>What verbs that write a character's sheet share.</summary>
internal static class SheetOptions
{
    /// <summary>The size of animations.</summary>
    public static Option<int> Scale() => Numbers.Create("--scale", "pixels of the GIFs per pixel of a sprite", 3, 1, 32);

    /// <summary>Which way sheets lie.</summary>
    public static Option<bool> Transposed() =>
        Flag.Create("--transposed", "sheets with poses side by side and frames below each other");

    /// <summary>The files of a sheet: the picture, and the JSON beside it.</summary>
    public static Output[] Files(string path) => [new OutputFile(path), new OutputFile(Path.ChangeExtension(path, ".json"))];

    /// <summary>Refuses a bundle that draws single sprites.</summary>
    /// <exception cref="UserError">It does.</exception>
    public static void CheckPoses(VaeBundle bundle)
    {
        if (bundle.Poses.Count == 0)
            throw new UserError($"'{bundle.Name}' draws single sprites, not characters: it has no poses to make a sheet of. "
                + "Train on characters, as in 'vaecontent train DIR --poses up,left,down,right --frames 4'.");
    }
}
