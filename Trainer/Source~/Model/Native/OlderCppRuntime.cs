using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text;

namespace VaeContent.Trainer.Model;

/// <summary>
/// Loads TorchSharp 0.107 beside the C++ library of GCC 12 and older (Debian 12, Ubuntu 22.04). Its native part was built with
/// GCC 13, which leaves in every program that includes iostream the name of one function of its own C++ library
/// (std::ios_base_library_init), though nothing calls it; the loader then refuses the whole. A copy that marks that version as
/// optional loads.
/// </summary>
internal static class OlderCppRuntime
{
    private const string Version = "GLIBCXX_3.4.32", Symbol = "_ZSt21ios_base_library_initv", File = "libLibTorchSharp.so";
    private const int DynamicSymbols = 11, VersionNeeds = 0x6ffffffe, SymbolVersions = 0x6fffffff; // ELF section types
    private const ushort Weak = 2;

    /// <summary>Loads such a copy; false where the library is missing or needs more than that.</summary>
    public static bool Load(Assembly owner)
    {
        string[] folders = [.. ((string?)AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") ?? "").Split(Path.PathSeparator),
            AppContext.BaseDirectory];
        if (folders.Select(folder => Path.Combine(folder, File)).FirstOrDefault(System.IO.File.Exists) is not { } found)
            return false;
        byte[] library = System.IO.File.ReadAllBytes(found);
        if (!MakeOptional(library)) return false;

        // the copy lies elsewhere
        foreach (string needed in new[] { "torch_cpu", "torch" }) NativeLibrary.Load(needed, owner, null);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("vaecontent-");
        try
        {
            string copy = Path.Combine(folder.FullName, File);
            System.IO.File.WriteAllBytes(copy, library);
            nint handle = NativeLibrary.Load(copy);
            AssemblyLoadContext.GetLoadContext(owner)!.ResolvingUnmanagedDll += (_, name) => name == "LibTorchSharp" ? handle : 0;
            return true;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Marks the version as optional in a 64-bit little-endian ELF file, if that symbol is all that needs it.</summary>
    internal static bool MakeOptional(Span<byte> elf)
    {
        if (!elf.StartsWith((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1])) return false;
        int Int(ReadOnlySpan<byte> file, long at) => MemoryMarshal.Read<int>(file[(int)at..]);
        ushort Short(ReadOnlySpan<byte> file, long at) => MemoryMarshal.Read<ushort>(file[(int)at..]);
        long Long(ReadOnlySpan<byte> file, long at) => MemoryMarshal.Read<long>(file[(int)at..]);
        string Text(ReadOnlySpan<byte> file, long at) =>
            Encoding.ASCII.GetString(file[(int)at..(int)(at + file[(int)at..].IndexOf((byte)0))]);

        // Section headers: where the tables of one kind begin, and the names they refer to.
        long headers = Long(elf, 0x28);
        int size = Short(elf, 0x3a), count = Short(elf, 0x3c);
        int HeaderOf(ReadOnlySpan<byte> file, int type)
        {
            for (int i = 0; i < count; i++)
                if (Int(file, headers + (i * size) + 4) == type) return i;
            return -1;
        }
        int needs = HeaderOf(elf, VersionNeeds), symbols = HeaderOf(elf, DynamicSymbols),
            versions = HeaderOf(elf, SymbolVersions);
        if (needs < 0 || symbols < 0 || versions < 0) return false;
        long At(ReadOnlySpan<byte> file, int section) => Long(file, headers + (section * size) + 0x18);
        long names = At(elf, Int(elf, headers + (needs * size) + 0x28));

        for (long need = At(elf, needs), next = 1; next != 0; need += next)
        {
            next = Int(elf, need + 12);
            long entry = need + Int(elf, need + 8);
            for (int i = Short(elf, need + 2); i > 0; i--, entry += Int(elf, entry + 12))
            {
                if (Text(elf, names + Int(elf, entry + 8)) != Version) continue;
                ushort index = Short(elf, entry + 6);
                long entries = Long(elf, headers + (symbols * size) + 0x20) / 24;
                for (long symbol = 0; symbol < entries; symbol++)
                {
                    if (Short(elf, At(elf, versions) + (2 * symbol)) != index) continue;
                    if (Text(elf, names + Int(elf, At(elf, symbols) + (24 * symbol))) != Symbol) return false;
                }
                MemoryMarshal.Write(elf[(int)(entry + 4)..], (ushort)(Short(elf, entry + 4) | Weak));
                return true;
            }
        }
        return false;
    }
}
