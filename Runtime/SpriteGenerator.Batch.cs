using System;
using System.Runtime.InteropServices;
using VaeContent.Internal;

namespace VaeContent
{
    public sealed partial class SpriteGenerator
    {
        /// <summary>
        /// The sprites of <paramref name="count"/> seeds from <paramref name="firstSeed"/> upwards, one after another, into
        /// <paramref name="destination"/>, (count, H, W). Otherwise as <see cref="Generate(long, string, float, Palette)"/>.
        /// Throws ArgumentException where the destination is too short.
        /// </summary>
        public void GenerateBatch(long firstSeed, int count, Span<Rgba32> destination, string? label = null,
            float temperature = 1f, Palette? palette = null)
        {
            using var call = _use.Enter();
            var colours = BatchColours(count, destination.Length, palette);
            for (int done = 0; done < count;)
            {
                _use.CheckOpen();
                var batch = _engine.BatchFor(count - done);
                for (int i = 0; i < batch.Count; i++)
                {
                    long seed = unchecked(firstSeed + done + i);
                    batch.Draw(i, seed, SeedLabel(seed, label), temperature);
                }

                _engine.Generate(batch);
                Paint(batch.Bytes, colours, destination.Slice(done * PixelCount));
                done += batch.Count;
            }
        }

        /// <summary>
        /// The sprites of <paramref name="count"/> latents laid end to end, (count, Z), into <paramref name="destination"/>,
        /// (count, H, W). Otherwise as <see cref="Decode(ReadOnlySpan{float}, string, Palette)"/>.
        /// </summary>
        public void DecodeBatch(ReadOnlySpan<float> latents, int count, Span<Rgba32> destination, string? label = null,
            Palette? palette = null)
        {
            using var call = _use.Enter();
            var colours = BatchColours(count, destination.Length, palette);
            int z = _bundle.LatentSize, labelIndex = DecodeLabel(label);
            if (latents.Length != (long)count * z)
            {
                throw Errors.Length(nameof(latents), latents.Length, (long)count * z, "count x latent size");
            }

            for (int done = 0; done < count;)
            {
                _use.CheckOpen();
                var batch = _engine.BatchFor(count - done);
                latents.Slice(done * z, batch.Count * z).CopyTo(batch.Latents);
                for (int i = 0; i < batch.Count; i++) batch.SetLabel(i, labelIndex);
                _engine.Decode(batch);
                Paint(batch.Bytes, colours, destination.Slice(done * PixelCount));
                done += batch.Count;
            }
        }

        private Palette? BatchColours(int count, int room, Palette? palette)
        {
            var colours = Colours(palette);
            if (count < 0) throw Errors.Count(count);
            long needed = (long)count * PixelCount;
            if (room < needed) throw Errors.Length("destination", room, needed, "at least count x width x height");
            return colours;
        }

        private static void Paint(ReadOnlySpan<byte> decoded, Palette? colours, Span<Rgba32> destination)
        {
            if (colours != null) colours.Apply(decoded, destination);
            else MemoryMarshal.Cast<byte, Rgba32>(decoded).CopyTo(destination);
        }
    }
}
