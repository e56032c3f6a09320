using System;

namespace VaeContent.Trainer.Data;

/// <summary>
/// What a discriminator is shown of a batch, real and decoded sprites alike, so that it cannot memorise a small set (Zhao
/// et al. 2020): each sprite moved by up to an eighth of its sides, a rectangle of half of them covered, mirrored half the time
/// where that is allowed.
/// </summary>
internal static class DifferentiableAugmentation
{
    private const int MoveShare = 8, CoverShare = 2;

    /// <summary>Draws the changes of a batch.</summary>
    /// <param name="moved">(B, H, W): from which pixel of its sprite each pixel comes, none twice: what leaves at one border
    /// comes back at the other.</param>
    /// <param name="kept">(B, H, W): 0 where a pixel is covered or came back at the other border, otherwise 1.</param>
    /// <param name="width">W.</param>
    /// <param name="height">H.</param>
    /// <param name="flip">Whether left and right may be swapped.</param>
    /// <param name="seed">What is drawn follows from it.</param>
    /// <param name="stream">That of the first sprite; each has its own.</param>
    public static void Fill(Span<long> moved, Span<float> kept, int width, int height, bool flip, long seed, long stream)
    {
        int coverWidth = width / CoverShare, coverHeight = height / CoverShare;
        for (int at = 0; at < moved.Length; at += width * height)
        {
            var random = new SplitMix(seed, stream++);
            int dx = Centred(ref random, width / MoveShare), dy = Centred(ref random, height / MoveShare);
            // The rectangle's middle lies anywhere in the sprite.
            int left = random.Below(width) - (coverWidth / 2), top = random.Below(height) - (coverHeight / 2);
            bool mirrored = random.Below(2) == 1 && flip;
            for (int i = 0; i < width * height; i++)
            {
                int x = i % width, y = i / width, fromX = x - dx, fromY = y - dy;
                bool isCovered = x >= left && x < left + coverWidth && y >= top && y < top + coverHeight;
                bool isInside = fromX >= 0 && fromX < width && fromY >= 0 && fromY < height;
                fromX = (fromX + width) % width;
                fromY = (fromY + height) % height;
                moved[at + i] = (fromY * width) + (mirrored ? width - 1 - fromX : fromX);
                kept[at + i] = isInside && !isCovered ? 1f : 0f;
            }
        }
    }

    private static int Centred(ref SplitMix random, int most) => random.Below((2 * most) + 1) - most;
}
