using System;
using System.Threading.Tasks;

namespace VaeContent.Samples
{
    /// <summary>What a game does with a trained model: load it once, then ask for sprites.</summary>
    public static class QuickStart
    {
        /// <summary>
        /// Reads <c>heroes.vae</c> from the current folder and returns a sprite for a texture whose first row is the bottom one.
        /// </summary>
        public static Rgba32[] Run()
        {
            var bundle = VaeBundle.Load("heroes.vae");
            using var sprites = new SpriteGenerator(bundle);
            ReadOnlySpan<Rgba32> pixels = sprites.Generate(seed: 42);                 // valid until the next call
            pixels = sprites.Generate(seed: 42, label: "knight", temperature: 0.8f);  // a knight, nearer to the typical one
            pixels = sprites.Interpolate(from: 42, to: 77, t: 0.5f);                  // halfway between two heroes
            var crowd = new Rgba32[256 * sprites.PixelCount];
            sprites.GenerateBatch(firstSeed: 0, count: 256, destination: crowd);      // the heroes of seeds 0 to 255
            Console.WriteLine(sprites.DeviceReport);                                  // what it computes on, and why

            var upsideDown = new Rgba32[pixels.Length];
            for (int y = 0; y < bundle.Height; y++)
                pixels.Slice(y * bundle.Width, bundle.Width).CopyTo(upsideDown.AsSpan((bundle.Height - 1 - y) * bundle.Width));
            return upsideDown;
        }

        /// <summary>A model of characters: one person in every pose, as a sheet.</summary>
        public static Rgba32[] RunCharacter(VaeBundle bundle)
        {
            using var sprites = new SpriteGenerator(bundle);
            foreach (var pose in bundle.Poses)                                        // "down", "up", each with its own frames
                sprites.Generate(seed: 42, pose: pose.Name, frame: pose.Frames - 1);  // the same person in each of them
            var sheet = new Rgba32[bundle.SheetWidth * bundle.SheetHeight];           // a row for each pose
            sprites.GenerateSheet(seed: 42, destination: sheet);                      // all frames at once
            return sheet;
        }

        /// <summary>The same while the game runs: what one frame asks for, a later one takes.</summary>
        public static async Task<Rgba32[]> RunInFrames(VaeBundle bundle)
        {
            using var queue = new SpriteQueue(await SpriteGenerator.WarmUpAsync(bundle)); // decodes on its own thread
            var sprite = new Rgba32[queue.PixelCount];
            queue.TryGenerate(seed: 42, out var ticket);               // false while the queue is full: ask in a later frame
            while (queue.Take(ticket, sprite) == SpriteStatus.Waiting) // a game looks once a frame, and does not wait
                await Task.Delay(16);
            return sprite;
        }
    }
}
