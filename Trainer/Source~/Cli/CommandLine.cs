using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Linq;

namespace VaeContent.Trainer.Cli;

/// <summary>The program's verbs, and how it ends: 0 done, 1 the user's mistake (one line), 2 our bug (with its stack).</summary>
internal static class CommandLine
{
    private const int Mistake = 1, Bug = 2;
    private const string Name = "vaecontent";

    /// <summary>Runs what the arguments ask for.</summary>
    public static int Run(string[] args)
    {
        try
        {
            // Numbers are read and written as in code, whatever the host's language.
            CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
            Command root = Build();
            if (args is ["help", .. var verbs]) args = [.. verbs, "--help"];
            if (args.Length == 0) args = ["--help"];
            if (!args[0].StartsWith('-') && root.Subcommands.All(verb => verb.Name != args[0]))
                throw new UserError(
                    $"there is no verb '{args[0]}'. The verbs are: "
                    + $"{string.Join(", ", root.Subcommands.Select(verb => verb.Name))}.");
            ParseResult parsed = root.Parse(args);
            if (parsed.Errors.Count > 0)
                throw new UserError(
                    $"{parsed.Errors[0].Message.TrimEnd()} See "
                    + $"'{string.Join(' ', new[] { Name, parsed.CommandResult.Command.Name }.Distinct())} --help'.");
            if (parsed.Action == parsed.CommandResult.Command.Action) OutputOption.Check(parsed); // not for --help and --version
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is UserError or VaeBundleException)
        {
            Console.Error.WriteLine($"vaecontent: {e.Message}");
            return Mistake;
        }
        catch (OutOfMemoryException)
        {
            Console.Error.WriteLine(
                "vaecontent: out of memory. Use a smaller batch (--set training.batch=16) or narrower layers (--set "
                + "model.widths=[16,32,64]).");
            return Mistake;
        }
#pragma warning disable CA1031 // the last resort: what nobody foresaw is a bug, and says so
        catch (Exception e)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine(
                $"vaecontent: a bug, please report it with these lines and what you typed: {string.Join(' ', args)}");
            Console.Error.Write($"{e}\n");
            return Bug;
        }
    }

    /// <summary>The program with its verbs.</summary>
    // Not a RootCommand: that one takes its name, which help shows, from the file that was started.
    public static Command Build() =>
        new(Name, "Learns to draw sprites like yours, and packs what it learnt into one small .vae file for your game.")
    {
        new HelpOption(),
        new VersionOption(),
        DemoCommand.Create(),
        PaintCommand.Create(),
        InspectCommand.Create(),
        TrainCommand.Create(),
        ExportCommand.Create(),
        BaseCommand.Create(),
        SampleCommand.Create(),
        ReposeCommand.Create(),
        MorphCommand.Create(),
        EvaluateCommand.Create(),
        LikelihoodCommand.Create(),
        LatentsCommand.Create(),
        EncodeCommand.Create(),
        ScoreCommand.Create(),
        DenoiseCommand.Create(),
        ProbeCommand.Create(),
        DisentangleCommand.Create(),
        ReportCommand.Create(),
        BenchCommand.Create(),
    };
}
