using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace VaeContent.Tests.Package;

/// <summary>
/// Reads the compiled code for what Unity's IL2CPP cannot translate, by the list in Unity's manual on scripting restrictions.
/// </summary>
public sealed class IlScanTests
{
    private static readonly string[] Types =
    [
        @"^System\.Reflection\.Emit\.", @"^Microsoft\.CSharp\.", @"^System\.Runtime\.CompilerServices\.CallSite",
        @"^System\.Dynamic\.", @"^System\.AppDomain$",
        @"^System\.Runtime\.Loader\.", @"^System\.Runtime\.Remoting\.", @"^System\.CodeDom\.",
    ];

    private static readonly string[] Members =
    [
        @"Expressions\..*::Compile$",
        @"^System\.Runtime\.InteropServices\.Marshal::(Prelink|PrelinkAll|GetFunctionPointerForDelegate)$",
        @"^System\.Reflection\.Assembly::(Load|LoadFrom|LoadFile|get_Location)$",
        @"^System\.Type::MakeGenericType$", @"^System\.Reflection\.MethodInfo::MakeGenericMethod$",
        @"^System\.Activator::CreateInstance$", @"^System\.Diagnostics\.Process::",
    ];

    private static readonly ILOpCode[] Instructions =
    [
        ILOpCode.Jmp, ILOpCode.Arglist, ILOpCode.Mkrefany, ILOpCode.Refanyval, ILOpCode.Refanytype, ILOpCode.Calli,
        ILOpCode.Tail
    ];

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    private static IEnumerable<string> Assemblies() => [typeof(VaeBundle).Assembly.Location,
        typeof(VaeContent.Internal.OnnxRuntimeEngine).Assembly.Location, .. UnityAssemblies()];

    [TestCaseSource(nameof(Assemblies))]
    public void UsesNothingThatIl2CppCannotDo(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader reader = file.GetMetadataReader();
        Repository.AssertNone(
        [
            .. reader.TypeReferences.Select(handle => Name(reader, handle))
                .Where(name => Types.Any(pattern => Regex.IsMatch(name, pattern))),
            .. reader.MemberReferences.Select(handle => Name(reader, reader.GetMemberReference(handle)))
                .Where(name => Members.Any(pattern => Regex.IsMatch(name, pattern))),
            .. UsedInstructions(file, reader),
            .. NativeCallbacks(reader),
        ], $"{Path.GetFileName(path)} uses:");
    }

    // The Runtime's components as the solution compiles them against the shims.
    private static IEnumerable<string> UnityAssemblies() =>
        new DirectoryInfo(Path.Combine(Repository.Root, ".artifacts", "bin", "VaeContent.Unity")) is { Exists: true } folder
            ? folder.EnumerateFiles("VaeContent.Unity.dll", SearchOption.AllDirectories).Select(file => file.FullName) : [];

    private static string Name(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? Name(reader, (TypeReferenceHandle)type.ResolutionScope) + "." + name
            : reader.GetString(type.Namespace) + "." + name;
    }

    private static string Name(MetadataReader reader, MemberReference member) =>
        (member.Parent.Kind == HandleKind.TypeReference ? Name(reader, (TypeReferenceHandle)member.Parent) : "") + "::"
            + reader.GetString(member.Name);

    private static IEnumerable<string> UsedInstructions(PEReader file, MetadataReader reader)
    {
        foreach (MethodDefinitionHandle handle in reader.MethodDefinitions)
        {
            MethodDefinition method = reader.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0) continue;
            foreach (ILOpCode code in Decode(file.GetMethodBody(method.RelativeVirtualAddress).GetILReader()))
            {
                if (Instructions.Contains(code)) yield return $"{code} in {reader.GetString(method.Name)}";
            }
        }
    }

    // Native code may call only static methods that are marked for it; the Runtime has none, so no delegate is ever marshalled.
    // Windows is asked which DirectML.dll is loaded, with texts and numbers alone, and on Windows alone: IL2CPP looks such a
    // function up when it is called.
    private static IEnumerable<string> NativeCallbacks(MetadataReader reader) =>
        from handle in reader.MethodDefinitions
        let method = reader.GetMethodDefinition(handle)
        where (method.Attributes & MethodAttributes.PinvokeImpl) != 0
        where reader.GetString(reader.GetModuleReference(method.GetImport().Module).Name) != "kernel32"
        select $"its own native call, {reader.GetString(method.Name)}: that door is the binding's";

    private static List<ILOpCode> Decode(BlobReader body)
    {
        var codes = new List<ILOpCode>();
        while (body.RemainingBytes > 0)
        {
            int value = body.ReadByte();
            if (value == 0xFE) value = 0xFE00 | body.ReadByte();
            codes.Add((ILOpCode)value);
            OpCode code = OpCodesByValue[value];
            int skip = code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 * body.ReadInt32(),
                _ => 4,
            };
            body.Offset += skip;
        }
        return codes;
    }
}
