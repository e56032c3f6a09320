namespace VaeContent.Trainer.Painting;

/// <summary>
/// Which palette index each character of a <see cref="Part"/> stands for, for one hero. A material owns four characters: line,
/// shade, base, light. Bound per hero: skin 1234, hair wxyz, cloth abcd, trim efgh, metal ijkl, boots 5678, cape KLMN. The same
/// for all: leather and wood pqrs, gold Ttuv, white WXYZ, magic mnoG, flame FRAV, iris DB, '#' ink.
/// </summary>
internal sealed class Wardrobe
{
    private readonly byte[] _colour = new byte[128];
    private readonly byte[] _line = new byte[128];

    internal Wardrobe()
    {
        Bind("####", new Ramp(HeroPalette.Ink, HeroPalette.Ink, HeroPalette.Ink, HeroPalette.Ink));
        Bind("pqrs", HeroPalette.Leather);
        Bind("Ttuv", HeroPalette.Gold);
        Bind("WXYZ", HeroPalette.White);
        Bind("mnoG", HeroPalette.Magic);
        Bind("FRAV", HeroPalette.Flame);
        Bind("#DBO", HeroPalette.Iris);
    }

    /// <summary>Lets the four characters of <paramref name="symbols"/> stand for the tones of <paramref name="ramp"/>.</summary>
    internal void Bind(string symbols, Ramp ramp)
    {
        _colour[symbols[0]] = ramp.Line;
        _colour[symbols[1]] = ramp.Shade;
        _colour[symbols[2]] = ramp.Base;
        _colour[symbols[3]] = ramp.Light;
        foreach (char symbol in symbols) _line[symbol] = ramp.Line;
    }

    internal byte Colour(char symbol) => _colour[symbol];

    /// <summary>The line tone of the material that <paramref name="symbol"/> belongs to.</summary>
    internal byte Line(char symbol) => _line[symbol];
}
