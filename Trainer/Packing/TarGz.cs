using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;

namespace VaeContent.Trainer.Packing;

/// <summary>A Unity package's archive: what npm packs, without what would differ between two runs or two machines.</summary>
internal static class TarGz
{
    // npm's own choice: some unpackers dislike dates before 1980.
    private static readonly DateTimeOffset Date = new(1985, 10, 26, 8, 15, 0, TimeSpan.Zero);

    /// <summary>Packs files, name to content, in ordinal order of their names under <c>package/</c>.</summary>
    public static byte[] Write(SortedDictionary<string, byte[]> files)
    {
        using var packed = new MemoryStream();
        using (var zipped = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(zipped, TarEntryFormat.Ustar))
        {
            foreach ((string name, byte[] content) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "package/" + name)
                {
                    ModificationTime = Date,
                    Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                    DataStream = new MemoryStream(content),
                });
            }
        }
        return packed.ToArray();
    }
}
