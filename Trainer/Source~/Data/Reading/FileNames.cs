using System;
using System.Collections.Generic;
using System.Linq;
using ADRaffy.ENSNormalize;

namespace VaeContent.Trainer.Data;

/// <summary>
/// Finds files by names that were written on another system: a Mac stores accents apart from their letters (NFD), and Windows
/// does
/// not tell capitals from small letters. The library normalises text without the ICU that the program does without.
/// </summary>
internal sealed class FileNames
{
    private readonly ILookup<string, string> _files;

    /// <summary>The files that may be meant.</summary>
    public FileNames(IEnumerable<string> files) => _files = files.ToLookup(Loosely, StringComparer.OrdinalIgnoreCase);

    /// <summary>The files that a name may stand for.</summary>
    public IReadOnlyList<string> Find(string name) => [.. _files[Loosely(name)]];

    private static string Loosely(string name) => IsAscii(name) ? name : ENSNormalize.NF.NFC(name);

    private static bool IsAscii(string text) => !text.AsSpan().ContainsAnyExceptInRange('\0', '\x7f');
}
