using System;

namespace VaeContent.Trainer.Model;

/// <summary>
/// Overlapping parts of a sprite, some 8 pixels apart and up to 6 in each direction. Each block of 2x2 pixels belongs to the
/// parts around it, more to the nearer ones: bilinear weights, which sum to 1.
/// </summary>
/// <param name="Blocks">Blocks, row by row: ceil(H/2) ceil(W/2).</param>
/// <param name="Count">Parts.</param>
/// <param name="Weights">(blocks, parts).</param>
internal sealed record SpriteRegions(int Blocks, int Count, float[] Weights)
{
    private const int Apart = 8, Most = 6;

    /// <summary>Those of sprites of a size.</summary>
    public static SpriteRegions ForSize(int width, int height)
    {
        float[][] vertical = Shares(height), horizontal = Shares(width);
        int rows = vertical.Length, columns = horizontal.Length, count = vertical[0].Length * horizontal[0].Length;
        var weights = new float[rows * columns * count];
        int i = 0;
        foreach (float[] inRow in vertical)
            foreach (float[] inColumn in horizontal)
                foreach (float y in inRow)
                    foreach (float x in inColumn) weights[i++] = y * x;
        return new SpriteRegions(rows * columns, count, weights);
    }

    // For each pair of pixels along a side, how much of it belongs to each part.
    private static float[][] Shares(int side)
    {
        int parts = Math.Clamp((side + (Apart / 2)) / Apart, 1, Most);
        var shares = new float[(side + 1) / 2][];
        for (int pair = 0; pair < shares.Length; pair++)
        {
            // 0 in the middle of the first part, parts - 1 in that of the last.
            float at = Math.Clamp((((2 * pair) + 1f) / side * parts) - 0.5f, 0f, parts - 1f);
            shares[pair] = new float[parts];
            for (int part = 0; part < parts; part++) shares[pair][part] = Math.Max(0f, 1f - Math.Abs(at - part));
        }
        return shares;
    }
}
