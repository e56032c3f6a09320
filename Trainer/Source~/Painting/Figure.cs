using System;
using System.Collections.Generic;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Painting;

/// <summary>Puts one hero together, layer by layer from the cape at the back to the hands in front.</summary>
internal static class Figure
{
    internal static Bitmap Paint(HeroClass hero, Dictionary<string, string> factors)
    {
        string Value(string name) => factors[name];
        var wardrobe = Dress(factors);
        var canvas = new Canvas();
        int widen = Value(HeroFactors.Build) switch { "slim" => -1, "broad" => 1, _ => 0 };
        var hair = Hairstyle.ForHero(Value(HeroFactors.Hair), Value(HeroFactors.Headgear));

        void Lay(Part? part, int widen = 0, int fromRow = 0, bool lined = true)
        {
            if (part != null) canvas.Lay(part, wardrobe, widen, fromRow, lined);
        }

        if (Value(HeroFactors.OffHand) == "quiver") Lay(Parts.Quiver);
        if (Value(HeroFactors.Cape) != "none") Lay(Parts.Cape, widen);
        Lay(hair.Back, fromRow: hair.FromRow);
        Lay(hero.Legs, widen);
        Lay(hero.Body, widen);
        if (Value(HeroFactors.Cape) != "none") Lay(Parts.CapeCollar, widen);

        Lay(Parts.Head);
        Lay(Beard(Value(HeroFactors.Beard)), lined: false);
        if (Value(HeroFactors.Headgear) == "maskedHood") Lay(Parts.Mask);
        Lay(hair.Front, fromRow: hair.FromRow);
        foreach (var part in Headgear(Value(HeroFactors.Headgear))) Lay(part);
        // After the hats, whose line around the face would otherwise run through the eyes.
        if (Value(HeroFactors.Headgear) != "greatHelm") Lay(Eyes(Value(HeroFactors.Eyes)), lined: false);

        Lay(Weapon(Value(HeroFactors.Weapon)));
        Lay(hero.Hand);
        Lay(OffHand(Value(HeroFactors.OffHand)));

        // Two rows out of the thighs make a halfling: the head keeps its size.
        if (Value(HeroFactors.Build) == "small") canvas.Shorten(row: 24, count: 2);
        canvas.Outline();
        return canvas.ToBitmap();
    }

    internal static Wardrobe Dress(Dictionary<string, string> factors)
    {
        var wardrobe = new Wardrobe();
        wardrobe.Bind("1234", HeroPalette.Skins[factors[HeroFactors.Skin]]);
        wardrobe.Bind("wxyz", HeroPalette.HairColours[factors[HeroFactors.HairColour]]);
        wardrobe.Bind("abcd", HeroPalette.Cloths[factors[HeroFactors.Cloth]]);
        wardrobe.Bind("efgh", HeroPalette.Trims[factors[HeroFactors.Trim]]);
        wardrobe.Bind("ijkl", HeroPalette.Metals[factors[HeroFactors.Metal]]);
        wardrobe.Bind("5678", HeroPalette.Boots[factors[HeroFactors.Boots]]);
        if (HeroPalette.Capes.TryGetValue(factors[HeroFactors.Cape], out var cape)) wardrobe.Bind("KLMN", cape);
        return wardrobe;
    }

    internal static Part Eyes(string value) => value switch
    {
        "calm" => Parts.CalmEyes,
        "bright" => Parts.BrightEyes,
        "stern" => Parts.SternEyes,
        "merry" => Parts.MerryEyes,
        _ => throw Unknown(HeroFactors.Eyes, value),
    };

    internal static Part? Beard(string value) => value switch
    {
        "none" => null,
        "moustache" => Parts.Moustache,
        "beard" => Parts.Beard,
        "longBeard" => Parts.LongBeard,
        _ => throw Unknown(HeroFactors.Beard, value),
    };

    internal static Part[] Headgear(string value) => value switch
    {
        "none" => [],
        "openHelm" => [Parts.OpenHelm],
        "greatHelm" => [Parts.GreatHelm, Parts.Plume],
        "circlet" => [Parts.Circlet],
        "wizardHat" => [Parts.WizardHat],
        "hood" or "maskedHood" => [Parts.Hood],
        "featherCap" => [Parts.FeatherCap],
        "bandana" => [Parts.Bandana],
        "mitre" => [Parts.Mitre],
        "coif" => [Parts.Coif],
        "hornedHelm" => [Parts.HornedHelm],
        "furHat" => [Parts.FurHat],
        _ => throw Unknown(HeroFactors.Headgear, value),
    };

    internal static Part Weapon(string value) => value switch
    {
        "sword" => Parts.Sword,
        "spear" => Parts.Spear,
        "mace" => Parts.Mace,
        "staff" => Parts.Staff,
        "wand" => Parts.Wand,
        "bow" => Parts.Bow,
        "dagger" => Parts.Dagger,
        "crozier" => Parts.Crozier,
        "hammer" => Parts.Hammer,
        "axe" => Parts.Axe,
        "club" => Parts.Club,
        _ => throw Unknown(HeroFactors.Weapon, value),
    };

    internal static Part? OffHand(string value) => value switch
    {
        "none" or "quiver" => null,
        "kiteShield" => Parts.KiteShield,
        "roundShield" => Parts.RoundShield,
        "tome" => Parts.Tome,
        "flame" => Parts.Flame,
        "lantern" => Parts.Lantern,
        _ => throw Unknown(HeroFactors.OffHand, value),
    };

    private static ArgumentOutOfRangeException Unknown(string factor, string value) =>
        new(factor, value, "no such part is drawn");
}
