using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Painting;

/// <summary>
/// A hero who walks towards us or away: frames 0 and 2 stand, frame 1 lifts one foot and frame 3 the other, and what is above
/// the legs sinks by a pixel meanwhile. Frame 0 towards us is the hero as <see cref="Figure.Paint"/> paints it.
/// </summary>
internal sealed class WalkingFigure
{
    /// <summary>Frames of a walk.</summary>
    internal const int Frames = 4;

    // Robes reach below this row and hide the legs; helmets and hoods that reach below the eyes cover the back of the head too.
    private const int Knee = 27, Ears = 12, Crown = 8, Nape = 15;

    private readonly Canvas _canvas = new();
    private readonly HeroClass _hero;
    private readonly Dictionary<string, string> _factors;
    private readonly Wardrobe _wardrobe;
    private readonly Hairstyle _hair;
    private readonly bool _away, _steps, _liftsLeft;
    private readonly int _widen, _sink, _swing;

    private WalkingFigure(HeroClass hero, Dictionary<string, string> factors, bool away, int frame)
    {
        (_hero, _factors, _away) = (hero, factors, away);
        _wardrobe = Figure.Dress(factors);
        _hair = Hairstyle.ForHero(factors[HeroFactors.Hair], factors[HeroFactors.Headgear]);
        _widen = factors[HeroFactors.Build] switch { "slim" => -1, "broad" => 1, _ => 0 };
        (_steps, _liftsLeft) = (frame % 2 == 1, frame == 1);
        (_sink, _swing) = (_steps ? 1 : 0, !_steps ? 0 : _liftsLeft ? -1 : 1);
    }

    private bool HasCape => _factors[HeroFactors.Cape] != "none";

    private bool IsRobe => _hero.Body.Y + _hero.Body.Height > Knee;

    /// <summary>One frame.</summary>
    internal static Bitmap Paint(HeroClass hero, Dictionary<string, string> factors, bool away, int frame)
    {
        var figure = new WalkingFigure(hero, factors, away, frame);
        if (away) figure.LayFromBehind();
        else figure.LayFromTheFront();
        // Two rows out of the thighs make a halfling: the head keeps its size.
        if (factors[HeroFactors.Build] == "small") figure._canvas.Shorten(row: 24, count: 2);
        figure._canvas.Outline();
        return figure._canvas.ToBitmap();
    }

    private void LayFromTheFront()
    {
        if (_factors[HeroFactors.OffHand] == "quiver") Lay(Parts.Quiver, dy: _sink);
        if (HasCape) Lay(Parts.Cape, dx: _swing, widen: _widen);
        Lay(_hair.Back, dy: _sink, fromRow: _hair.FromRow);
        LayBody(_hero.Body);
        if (HasCape) Lay(Parts.CapeCollar, dy: IsRobe ? 0 : _sink, widen: _widen);
        string headgear = _factors[HeroFactors.Headgear];
        Lay(Parts.Head, dy: _sink);
        Lay(Figure.Beard(_factors[HeroFactors.Beard]), dy: _sink, lined: false);
        if (headgear == "maskedHood") Lay(Parts.Mask, dy: _sink);
        Lay(_hair.Front, dy: _sink, fromRow: _hair.FromRow);
        foreach (Part part in Figure.Headgear(headgear)) Lay(part, dy: _sink);
        if (headgear != "greatHelm") Lay(Figure.Eyes(_factors[HeroFactors.Eyes]), dy: _sink, lined: false);
        LayArms();
    }

    // What is carried in front comes first, and what hangs on the back last.
    private void LayFromBehind()
    {
        LayArms();
        LayBody(Parts.BackOf(_hero.Body));
        if (HasCape) Lay(Parts.Cape, dx: _swing, widen: _widen);
        Lay(Parts.Head.Recoloured("1", "2"), dy: _sink);
        LayHairFromBehind();
        foreach (Part part in Figure.Headgear(_factors[HeroFactors.Headgear]))
            Lay(part.Y + part.Height > Ears ? part.Filled(Crown).Recoloured("#hgf", "kdcb") : part, dy: _sink);
        if (_factors[HeroFactors.OffHand] == "quiver") Lay(Parts.Quiver, dx: -4, dy: 4 + _sink);
    }

    private void LayBody(Part body)
    {
        LayLower(_hero.Legs, lifts: _steps);
        if (IsRobe) LayLower(body, lifts: _steps);
        else Lay(body, dy: _sink, widen: _widen);
    }

    private void LayLower(Part part, bool lifts) => Lay(lifts ? part.Lifted(_liftsLeft != _away) : part, widen: _widen);

    private void LayArms()
    {
        Lay(Figure.Weapon(_factors[HeroFactors.Weapon]), dy: _swing);
        Lay(_hero.Hand, dy: _swing);
        Lay(Figure.OffHand(_factors[HeroFactors.OffHand]), dy: -_swing);
    }

    // The hair that frames a face, as the whole back of a head.
    private void LayHairFromBehind()
    {
        if (_hair.Front is not { } front) return;
        if (front != Parts.Mohawk && front != Parts.Topknot)
            Lay(Parts.Head.Recoloured("1234", "wxyz"), dy: _sink, fromRow: _hair.FromRow, toRow: Nape, lined: false);
        Lay(front == Parts.Mohawk ? front : front.Filled(Crown).Recoloured("w", "y"), dy: _sink, fromRow: _hair.FromRow);
        Lay(_hair.Back?.Filled(Crown), dx: _hair.Back == Parts.Ponytail ? 8 : 0, dy: _sink, fromRow: _hair.FromRow);
    }

    private void Lay(Part? part, int dx = 0, int dy = 0, int widen = 0, int fromRow = 0, int toRow = Canvas.Size,
        bool lined = true)
    {
        if (part is null) return;
        if (toRow < part.Y + part.Height)
            part = new Part(part.X, part.Y, string.Join('\n', part.Rows.Take(toRow - part.Y)));
        _canvas.Lay((_away ? part.Mirrored() : part).Moved(dx, dy), _wardrobe, widen, fromRow > 0 ? fromRow + dy : 0, lined);
    }
}
