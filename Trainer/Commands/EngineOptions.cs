using System.CommandLine;
using System.Linq;
using VaeContent.Trainer.Engines;

namespace VaeContent.Trainer.Commands;

/// <summary>What trains, for every verb that does.</summary>
internal sealed class EngineOptions
{
    private readonly Option<string?> _engine = new("--engine") { Description = $"what trains: {string.Join(" or ", EngineRegistry.All.Select(kind => kind.Name))} ('vaecontent engines' compares)" };
    private readonly Option<string> _device = new("--device") { Description = "what it trains on: auto, or one that 'vaecontent engines' lists", DefaultValueFactory = _ => "auto" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Add(_engine);
        command.Add(_device);
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="UserError">There is no such engine.</exception>
    public EngineChoice Read(ParseResult parsed) => new(EngineRegistry.Find(parsed.GetValue(_engine)), parsed.GetValue(_device)!);
}
