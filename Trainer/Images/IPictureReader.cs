using System.Collections.Generic;

namespace VaeContent.Trainer.Images;

/// <summary>Reads picture files of some formats. Called from several threads at once.</summary>
public interface IPictureReader
{
    /// <summary>The file name endings it reads, as in <c>.png</c>, in lower case.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>The pictures of a file: one, or the frames of an animation in order, each whole.</summary>
    /// <exception cref="UserError">The file cannot be read, is damaged, or is too large.</exception>
    IReadOnlyList<Bitmap> Load(string path);
}
