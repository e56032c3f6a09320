using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace VaeContent.Trainer.Packing;

/// <summary>Rewrites what <c>dotnet pack</c> wrote so that two runs give the same bytes: it dates entries and names one of them at random.</summary>
internal static partial class NormalZip
{
    private const string Relations = "_rels/.rels", Properties = "package/services/metadata/core-properties/";

    // The first date that a zip file can hold.
    private static readonly DateTimeOffset Date = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The same package with its entries in order, undated, and named by what they are.</summary>
    public static byte[] Rewrite(byte[] package)
    {
        using var normal = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(package)))
        using (var to = new ZipArchive(normal, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in Files(from).OrderBy(file => file.Name, StringComparer.Ordinal))
            {
                ZipArchiveEntry entry = to.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = Date;
                entry.ExternalAttributes = 0;
                using Stream stream = entry.Open();
                stream.Write(content);
            }
        }
        return normal.ToArray();
    }

    private static IEnumerable<(string Name, byte[] Content)> Files(ZipArchive archive)
    {
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using var content = new MemoryStream();
            using (Stream stream = entry.Open()) stream.CopyTo(content);
            bool properties = entry.FullName.StartsWith(Properties, StringComparison.Ordinal);
            yield return (properties ? Properties + "properties.psmdcp" : entry.FullName,
                entry.FullName == Relations ? Encoding.UTF8.GetBytes(Named(Encoding.UTF8.GetString(content.ToArray()))) : content.ToArray());
        }
    }

    private static string Named(string relations)
    {
        int count = 0;
        return RelationId().Replace(PropertiesName().Replace(relations, Properties + "properties.psmdcp"), _ => $"Id=\"R{++count}\"");
    }

    [GeneratedRegex("package/services/metadata/core-properties/[0-9a-f]+\\.psmdcp")]
    private static partial Regex PropertiesName();

    [GeneratedRegex("Id=\"[^\"]*\"")]
    private static partial Regex RelationId();
}
