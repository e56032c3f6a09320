using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// An option that names what a verb writes. Before the verb begins, <see cref="Check"/> refuses what would be refused at its end,
/// and what would destroy or mix with something of the user's.
/// </summary>
internal sealed class OutputOption : Option<string?>
{
    /// <summary>A file, unless <see cref="Outputs"/> says otherwise.</summary>
    public OutputOption(string name, string description) : base(name)
    {
        Description = description;
        Outputs = (_, path) => [new OutputFile(path)];
    }

    /// <summary>What is written where the option has this value; where it is not given, and null.</summary>
    public Func<ParseResult, string, IEnumerable<Output>> Outputs { get; init; }

    /// <summary>What is written where the option is not given.</summary>
    public Func<ParseResult, string?> Otherwise { get; init; } = _ => null;

    /// <summary>Checks all that a command line writes against all that it reads.</summary>
    /// <exception cref="UserError">Something cannot be written, or must not be.</exception>
    public static void Check(ParseResult parsed)
    {
        OutputOption[] options = [.. parsed.CommandResult.Command.Options.OfType<OutputOption>()];
        Output[] outputs = [.. options.SelectMany(option =>
            (parsed.GetValue(option) ?? option.Otherwise(parsed)) is { } path ? option.Outputs(parsed, path) : [])];
        string[] inputs = [.. parsed.CommandResult.Children.Where(child => child is not OptionResult { Option: OutputOption })
            .SelectMany(child => child.Tokens).Select(token => token.Value).Where(Path.Exists)];
        foreach (Output output in outputs) output.Check(inputs);
        if (outputs.GroupBy(output => output.FullPath).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UserError($"'{twice.First().Name}' is named for two things to write: give each a name of its own.");
    }
}
