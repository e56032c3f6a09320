using System;

namespace VaeContent.Trainer.Painting;

/// <summary>Hair as it shows: a part behind the body, one over the head, and the row above which headgear hides both.</summary>
internal readonly record struct Hairstyle(Part? Back, Part? Front, int FromRow)
{
    private const int NoHair = Canvas.Size;

    internal static Hairstyle ForHero(string style, string headgear)
    {
        int fromRow = headgear switch
        {
            "none" or "circlet" => 0,
            "greatHelm" or "hood" or "maskedHood" or "coif" => NoHair,
            _ => 8,
        };
        return style switch
        {
            "bald" => new(null, null, fromRow),
            "crop" => new(null, Parts.Crop, fromRow),
            "spiky" => new(null, Parts.Spiky, fromRow),
            "bob" => new(Parts.BobBack, Parts.Bob, fromRow),
            "long" => new(Parts.LongBack, Parts.Long, fromRow),
            "topknot" => new(null, Parts.Topknot, fromRow),
            "mohawk" => new(null, Parts.Mohawk, fromRow),
            "curls" => new(null, Parts.Curls, fromRow),
            "braids" => new(null, Parts.Braids, fromRow),
            "ponytail" => new(Parts.Ponytail, Parts.Crop, fromRow),
            _ => throw new ArgumentOutOfRangeException(nameof(style), style, "no such hair is drawn"),
        };
    }
}
