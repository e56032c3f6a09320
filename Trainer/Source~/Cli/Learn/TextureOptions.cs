using System.CommandLine;
using VaeContent.Trainer.Training.Select;

namespace VaeContent.Trainer.Cli;

/// <summary>What <c>export</c> is told about the texture of sprites, part by part; auto where it is to find out.</summary>
internal sealed class TextureOptions
{
    private const float Most = 4f, MostOutline = 16f;

    private readonly Option<string> _strays = Auto("--strays",
        "auto, or 0 to 16: nats that lone pixels around a sprite lose; auto leaves as many pieces as yours have");

    private readonly Option<string> _islands = Auto("--islands",
        "auto, or 0 to 16: nats that fragments apart from a sprite's body lose; auto does what strays leave to do");

    private readonly Option<string> _gaps = Auto("--gaps",
        "auto, or 0 to 16: nats that holes of a pixel gain; auto leaves as many as yours have");

    private readonly Option<string> _agreement = Auto("--agreement",
        "auto, or 0 to 4: how much the colours of each part of a sprite must be ones that occur together in yours; auto gives "
        + "sprites as many colours as yours, no more");

    private readonly Option<string> _smoothing = Auto("--smoothing",
        "auto, or 0 to 4: nats a pixel gains by each neighbour of its colour; auto makes sprites as speckled as yours, no more");

    private readonly Option<string> _grain = Auto("--grain",
        "auto, or 0 to 4: how grained the choice of palette colours is; auto makes flat surfaces as grainy as yours");

    private readonly Option<string> _shades = Auto("--shades",
        "auto, on or off: whether pixels differ from palette colours as yours do; on makes RGBA sprites without a palette to "
        + "swap, auto does so where that brings their number of colours nearer to yours");

    /// <summary>Adds them.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _strays, _islands, _gaps, _agreement, _smoothing, _grain, _shades })
            command.Add(option);
    }

    /// <summary>What is given.</summary>
    /// <exception cref="UserError">A value is outside its range.</exception>
    public GivenTexture Read(ParseResult parsed) => new(Amount(parsed, _strays, MostOutline),
        Amount(parsed, _islands, MostOutline), Amount(parsed, _gaps, MostOutline), Amount(parsed, _agreement, Most),
        Amount(parsed, _smoothing, Most), Amount(parsed, _grain, Most), OnOrOff(parsed, _shades));

    private static Option<string> Auto(string name, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => "auto" };

    // Null for auto.
    private static float? Amount(ParseResult parsed, Option<string> option, float most)
    {
        string text = parsed.GetValue(option)!;
        return text == "auto" ? null : Numbers.Read(text, 0f, most)
            ?? throw new UserError($"{option.Name} {text}: expected auto, or {Numbers.Range(0f, most)}.");
    }

    private static bool? OnOrOff(ParseResult parsed, Option<string> option) => parsed.GetValue(option)! switch
    {
        "auto" => null,
        "on" => true,
        "off" => false,
        var text => throw new UserError($"{option.Name} {text}: expected auto, on or off."),
    };
}
