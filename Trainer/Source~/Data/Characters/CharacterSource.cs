using System.Collections.Generic;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>How the characters, poses and frames of a folder are distinguished.</summary>
internal abstract class CharacterSource
{
    /// <summary>For a log line: <c>the rows of each sheet</c>.</summary>
    public abstract string Origin { get; }

    /// <summary>The poses in the order asked for; empty for the order of their names.</summary>
    public virtual IReadOnlyList<string> Order => [];

    /// <summary>
    /// The pictures of one file, a cell for each frame; null where it is not for this source to cut. The cells of a sheet are
    /// counted over all, blank ones included.
    /// </summary>
    /// <exception cref="UserError">The file is not as the source says.</exception>
    public virtual IReadOnlyList<Picture>? Cut(string path, string file, Bitmap sheet) => null;

    /// <summary>Whether a file is not part of the set, such as an animation of a sheet beside it.</summary>
    public virtual bool LeavesOut(string path) => false;

    /// <summary>What a picture shows; null where that is not known.</summary>
    public abstract CharacterFrame? FrameOf(PicturePath picture);

    /// <summary>A cell of a sheet.</summary>
    protected static Picture Cell(string path, int cell, Bitmap bitmap) =>
        Picture.FromBitmap(new PicturePath(path, null, cell), bitmap);
}
