using System;

namespace VaeContent.Samples
{
    /// <summary>Heroes side by side; each stays for a while, then turns into the hero of the next seed.</summary>
    public sealed class Parade : IDisposable
    {
        private const double SecondsPerHero = 3, Standing = 0.7; // of that time, half before and half after the change

        /// <summary>The seed of the first hero that the first place shows.</summary>
        public const long FirstSeed = 5;

        private readonly SpriteGenerator _sprites;
        private readonly int _heroes;

        /// <summary>A parade of a model's sprites.</summary>
        public Parade(VaeBundle bundle, int heroes)
        {
            _sprites = new SpriteGenerator(bundle);
            _heroes = heroes;
            Width = heroes * bundle.Width;
            Height = bundle.Height;
        }

        /// <summary>Pixels from left to right.</summary>
        public int Width { get; }

        /// <summary>Pixels from top to bottom.</summary>
        public int Height { get; }

        /// <summary>What it computes on, and why.</summary>
        public string DeviceReport => _sprites.DeviceReport;

        /// <summary>Draws the moment <paramref name="time"/>, in seconds, into (H, W) pixels. No garbage.</summary>
        public void Draw(double time, Span<Rgba32> pixels)
        {
            for (int hero = 0; hero < _heroes; hero++)
            {
                double at = time / SecondsPerHero + (double)hero / _heroes;
                long leg = (long)at;
                float t = (float)Math.Clamp((at - leg - Standing / 2) / (1 - Standing), 0, 1);
                t = t * t * (3 - 2 * t);
                long seed = FirstSeed + 8 * hero + leg;
                Copy(Walk.Draw(_sprites, seed, t, time), pixels, hero * (Width / _heroes));
            }
        }

        /// <summary>Frees the generator.</summary>
        public void Dispose() => _sprites.Dispose();

        private void Copy(ReadOnlySpan<Rgba32> sprite, Span<Rgba32> pixels, int left)
        {
            int width = Width / _heroes;
            for (int y = 0; y < Height; y++) sprite.Slice(y * width, width).CopyTo(pixels.Slice(y * Width + left, width));
        }
    }
}
