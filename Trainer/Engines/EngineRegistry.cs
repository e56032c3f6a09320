using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Engines;

/// <summary>The engines of this program. Another executable on top of the Trainer adds its own before it runs a command.</summary>
public static class EngineRegistry
{
    private static readonly List<IEngineKind> Kinds = [new OrtEngineKind()];

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<IEngineKind> All => Kinds;

    /// <summary>Makes an engine known, as the default.</summary>
    public static void Add(IEngineKind kind) => Kinds.Insert(0, kind);

    /// <summary>The engine of a name; null for the default.</summary>
    /// <exception cref="UserError">There is none of that name.</exception>
    public static IEngineKind Find(string? name) => name is null ? Kinds[0] : Kinds.Find(kind => kind.Name == name)
        ?? throw new UserError($"there is no engine '{name}'. The engines are: {string.Join(", ", Kinds.Select(kind => kind.Name))}."
            + (name == "torch" ? " TorchSharp is in a program of its own: dotnet run --project Trainer/Engines/Torch." : ""));
}
