namespace VaeContent.Trainer.Data;

/// <summary>
/// A colour with alpha as it shows over black and over white, in <see cref="Oklab"/>. The distance of two is the root mean square
/// of their distances over both: that of <see cref="Oklab"/> where both are opaque.
/// </summary>
/// <param name="OverBlack">As it shows over black.</param>
/// <param name="OverWhite">As it shows over white; the same where it is opaque.</param>
internal readonly record struct ShownColour(Oklab OverBlack, Oklab OverWhite)
{
    /// <summary>A straight-alpha colour.</summary>
    public static ShownColour FromColour(Rgba32 colour)
    {
        if (colour.A == 255)
        {
            Oklab opaque = Oklab.FromColour(colour);
            return new ShownColour(opaque, opaque);
        }
        int white = 255 - colour.A;
        byte Over(byte channel, int behind) => (byte)(((channel * colour.A) + 127) / 255 + behind);
        Oklab Shown(int behind) =>
            Oklab.FromColour(new Rgba32(Over(colour.R, behind), Over(colour.G, behind), Over(colour.B, behind)));
        return new ShownColour(Shown(0), Shown(white));
    }

    /// <summary>The squared distance to another colour.</summary>
    public float DistanceSquared(in ShownColour other)
    {
        float black = OverBlack.DistanceSquared(other.OverBlack);
        return OverBlack == OverWhite && other.OverBlack == other.OverWhite ? black
            : (black + OverWhite.DistanceSquared(other.OverWhite)) / 2;
    }
}
