namespace VaeContent.Trainer.Model;

/// <summary>Colours as models see them.</summary>
internal static class Premultiplied
{
    /// <summary>Red, green and blue times alpha, and alpha, in 0..1.</summary>
    public static float[] Rgba(Rgba32 colour)
    {
        float alpha = colour.A / 255f;
        return [colour.R / 255f * alpha, colour.G / 255f * alpha, colour.B / 255f * alpha, alpha];
    }
}
