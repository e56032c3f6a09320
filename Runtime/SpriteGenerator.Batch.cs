using System;
using System.Runtime.InteropServices;
using VaeContent.Internal;

namespace VaeContent
{
    public sealed partial class SpriteGenerator
    {
        /// <summary>
        /// The sprites of <paramref name="count"/> seeds from <paramref name="firstSeed"/> upwards, one after another, into
        /// <paramref name="destination"/>, (count, H, W). Otherwise as <see cref="Generate"/>.
        /// Throws ArgumentException where the destination is too short.
        /// </summary>
        public void GenerateBatch(long firstSeed, int count, Span<Rgba32> destination, string? label = null, float temperature = 1f,
            Palette? palette = null)
        {
            var colours = BeginBatch(count, destination.Length, palette);
            for (int done = 0; done < count;)
            {
                var lane = LaneFor(count - done);
                int size = Math.Min(lane.Count, count - done);
                for (int i = 0; i < size; i++)
                {
                    long seed = unchecked(firstSeed + done + i);
                    int labelIndex = SeedLabel(seed, label);
                    _bundle.Prior.Sample(seed, labelIndex, temperature, LatentOf(lane, i));
                    lane.SetLabel(i, labelIndex);
                }

                FinishBatch(lane, size, colours, destination.Slice(done * PixelCount));
                done += size;
            }
        }

        /// <summary>
        /// The sprites of <paramref name="count"/> latents laid end to end, (count, Z), into <paramref name="destination"/>,
        /// (count, H, W). Otherwise as <see cref="Decode"/>.
        /// </summary>
        public void DecodeBatch(ReadOnlySpan<float> latents, int count, Span<Rgba32> destination, string? label = null,
            Palette? palette = null)
        {
            var colours = BeginBatch(count, destination.Length, palette);
            int z = _bundle.LatentSize, labelIndex = DecodeLabel(label);
            if (latents.Length != (long)count * z) throw Errors.Length(nameof(latents), latents.Length, (long)count * z, "count x latent size");
            for (int done = 0; done < count;)
            {
                var lane = LaneFor(count - done);
                int size = Math.Min(lane.Count, count - done);
                latents.Slice(done * z, size * z).CopyTo(lane.Latents);
                for (int i = 0; i < size; i++) lane.SetLabel(i, labelIndex);
                FinishBatch(lane, size, colours, destination.Slice(done * PixelCount));
                done += size;
            }
        }

        private Palette? BeginBatch(int count, int room, Palette? palette)
        {
            var colours = Begin(palette);
            if (count < 0) throw Errors.Count(count);
            long needed = (long)count * PixelCount;
            if (room < needed) throw Errors.Length("destination", room, needed, "at least count x width x height");
            return colours;
        }

        // Single runs cost what their share of a full batch costs, so a remainder is not worth padding unless it nearly fills one.
        private Lane LaneFor(int remaining) => remaining >= _batch.Count ? _batch : _single;

        private Span<float> LatentOf(Lane lane, int row) => new Span<float>(lane.Latents, row * _bundle.LatentSize, _bundle.LatentSize);

        private void FinishBatch(Lane lane, int size, Palette? colours, Span<Rgba32> destination)
        {
            lane.Run.Run();
            if (colours != null) colours.Apply(new ReadOnlySpan<byte>(lane.Bytes, 0, size * PixelCount), destination);
            else MemoryMarshal.Cast<byte, Rgba32>(lane.Bytes).Slice(0, size * PixelCount).CopyTo(destination);
            GC.KeepAlive(this);
        }
    }
}
