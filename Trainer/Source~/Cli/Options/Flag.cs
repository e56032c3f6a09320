using System.CommandLine;

namespace VaeContent.Trainer.Cli;

/// <summary>Options that are there or not.</summary>
internal static class Flag
{
    /// <summary>A switch without a value.</summary>
    public static Option<bool> Create(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.Zero };
}
