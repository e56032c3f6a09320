using System;

namespace VaeContent.Samples
{
    /// <summary>What a hero does at a moment: characters walk, a pose after the other; single sprites stand.</summary>
    internal static class Walk
    {
        private const double SecondsPerPose = 4;

        /// <summary>The hero between those of a seed and the next, at a time in seconds.</summary>
        internal static ReadOnlySpan<Rgba32> Draw(SpriteGenerator sprites, long seed, float t, double time)
        {
            var poses = sprites.Bundle.Poses;
            if (poses.Count == 0) return sprites.Interpolate(seed, seed + 1, t);
            var pose = poses[(int)(time / SecondsPerPose) % poses.Count];
            int frame = (int)(time * 1000 / pose.FrameMilliseconds) % pose.Frames;
            return sprites.Interpolate(seed, seed + 1, t, pose.Name, frame);
        }
    }
}
