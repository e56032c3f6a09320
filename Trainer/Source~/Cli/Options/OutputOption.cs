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
    // Options that name something to read; a label may be called as a folder is.
    private static readonly string[] Reading = ["--against", "--train", "--test", "--strange", "--near", "--from", "--to",
        "--through", "--config", "--encoder", "--decoder", "--trained-on"];

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
        string[] inputs = [.. parsed.CommandResult.Children
            .Where(child => child is ArgumentResult or OptionResult { Option: not OutputOption })
            .Where(child => child is not OptionResult option || Reading.Contains(option.Option.Name))
            .SelectMany(child => child.Tokens).Select(token => token.Value).Where(Path.Exists)];
        foreach (Output output in outputs) output.Check(inputs);
        if (outputs.GroupBy(output => output.FullPath).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UserError($"'{twice.First().Name}' is named for two things to write: give each its own name.");
    }
}
