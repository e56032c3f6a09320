using System.Collections.Generic;

namespace VaeContent.Trainer.Data;

/// <summary>
/// The pictures of a folder in order, in memory as long as they fit a budget; once they do not, the pixels and names of all of
/// them go to a <see cref="PixelFile"/>, and only their sizes stay.
/// </summary>
internal sealed class PictureShelf(long budget, string? folder)
{
    private readonly List<Picture> _pictures = [];
    private PixelFile? _file;
    private long _bytes;

    /// <summary>All pictures so far.</summary>
    public List<Picture> Pictures => _pictures;

    /// <summary>Bytes of their pixels.</summary>
    public long Bytes => _bytes;

    /// <summary>Whether they lie on disk.</summary>
    public bool IsOnDisk => _file is not null;

    /// <summary>Puts pictures behind the others.</summary>
    /// <exception cref="UserError">The disk is full.</exception>
    public void Add(IEnumerable<Picture> pictures)
    {
        foreach (Picture picture in pictures)
        {
            _bytes += (picture.Pixels?.Length ?? 0) * 4L;
            _pictures.Add(_file is null ? picture : Move(picture));
        }
        if (_file is not null || _bytes <= budget) return;
        _file = PixelFile.Create(folder);
        for (int i = 0; i < _pictures.Count; i++) _pictures[i] = Move(_pictures[i]);
    }

    private Picture Move(in Picture picture) => picture.Pixels is null ? picture : picture with
    {
        Source = null,
        Pixels = null,
        Stored = StoredPixels.Append(_file!, picture),
    };
}
