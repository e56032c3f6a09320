using System;
using VaeContent.Internal;

namespace VaeContent
{
    public sealed partial class SpriteGenerator
    {
        private readonly float[] _character; // (Z), where there are poses

        /// <summary>
        /// The character of <paramref name="seed"/> in a frame, counted from 0, of a pose: (H, W) pixels, valid until the next
        /// call. The latent of a seed is the same bits in all of them. Otherwise as
        /// <see cref="Generate(long, string, float, Palette)"/>. Throws ArgumentException for a pose that the bundle does not
        /// have, ArgumentOutOfRangeException for a frame that the pose does not have.
        /// </summary>
        public ReadOnlySpan<Rgba32> Generate(long seed, string pose, int frame, float temperature = 1f, Palette? palette = null)
        {
            using var call = _use.Enter();
            var colours = Colours(palette);
            _single.Draw(0, seed, _bundle.PoseLabel(pose, frame), temperature);
            _engine.Generate(_single);
            return Finish(colours);
        }

        /// <summary>
        /// A character between those of two seeds, in a frame of a pose. Otherwise as
        /// <see cref="Interpolate(long, long, float, string, float, Palette)"/>.
        /// </summary>
        public ReadOnlySpan<Rgba32> Interpolate(long from, long to, float t, string pose, int frame, float temperature = 1f,
            Palette? palette = null)
        {
            using var call = _use.Enter();
            int label = _bundle.PoseLabel(pose, frame);
            return Interpolate(new Ends(from, label, to, label), t, temperature, Colours(palette));
        }

        /// <summary>
        /// The character of <paramref name="latent"/>, (Z), in a frame of a pose: (H, W) pixels, valid until the next call.
        /// </summary>
        public ReadOnlySpan<Rgba32> Decode(ReadOnlySpan<float> latent, string pose, int frame, Palette? palette = null)
        {
            using var call = _use.Enter();
            var colours = Colours(palette);
            if (latent.Length != _bundle.LatentSize) throw Errors.LatentLength(latent.Length, _bundle.LatentSize, nameof(latent));
            _single.SetLabel(0, _bundle.PoseLabel(pose, frame));
            latent.CopyTo(_single.Latents);
            _engine.Decode(_single);
            return Finish(colours);
        }

        /// <summary>
        /// Draws the character of <paramref name="seed"/> in every frame of every pose into <paramref name="destination"/>, a
        /// picture of <see cref="VaeBundle.SheetWidth"/> x <see cref="VaeBundle.SheetHeight"/> pixels: a row of sprites for each
        /// pose, its frames from the left, and nothing where a pose has fewer than another. One latent is drawn, and the frames
        /// are decoded together. Throws InvalidOperationException where the bundle has no poses, ArgumentException where the
        /// destination is too short.
        /// </summary>
        public void GenerateSheet(long seed, Span<Rgba32> destination, float temperature = 1f, Palette? palette = null)
        {
            using var call = _use.Enter();
            var colours = SheetColours(destination.Length, palette);
            DrawLatent(seed, 0, temperature, _character);
            DecodeSheet(destination, colours);
        }

        /// <summary>
        /// The same sheet between the characters of two seeds; t is clamped to 0..1.
        /// </summary>
        public void InterpolateSheet(long from, long to, float t, Span<Rgba32> destination, float temperature = 1f,
            Palette? palette = null)
        {
            using var call = _use.Enter();
            var colours = SheetColours(destination.Length, palette);
            _from.Draw(this, from, 0, temperature);
            _to.Draw(this, to, 0, temperature);
            VaeContent.Latent.Slerp(_from.Values, _to.Values, t > 0f ? Math.Min(t, 1f) : 0f, _character);
            DecodeSheet(destination, colours);
        }

        /// <summary>
        /// The same sheet for a latent, (Z), such as one of <see cref="SpriteEncoder.EncodeCharacter"/>.
        /// </summary>
        public void DecodeSheet(ReadOnlySpan<float> latent, Span<Rgba32> destination, Palette? palette = null)
        {
            using var call = _use.Enter();
            var colours = SheetColours(destination.Length, palette);
            if (latent.Length != _bundle.LatentSize) throw Errors.LatentLength(latent.Length, _bundle.LatentSize, nameof(latent));
            latent.CopyTo(_character);
            DecodeSheet(destination, colours);
        }

        /// <summary>
        /// Draws a character that is given in one frame of one pose, (H, W) pixels with straight alpha, in all of them, as
        /// <see cref="GenerateSheet"/> does. <paramref name="encoder"/> is the one that was exported with the bundle. Throws as
        /// <see cref="SpriteEncoder.EncodeCharacter"/> and <see cref="GenerateSheet"/>, and ArgumentException for another
        /// encoder.
        /// </summary>
        public void Repose(SpriteEncoder encoder, ReadOnlySpan<Rgba32> sprite, string pose, int frame, Span<Rgba32> destination,
            Palette? palette = null)
        {
            if (encoder == null) throw new ArgumentNullException(nameof(encoder));
            if (encoder.Model != _bundle.Model) throw Errors.OtherEncoder(_bundle.Name, encoder.Name);
            using var call = _use.Enter();
            var colours = SheetColours(destination.Length, palette);
            Span<int> label = stackalloc int[] { _bundle.PoseLabel(pose, frame) };
            encoder.EncodeCharacter(sprite, label, _character);
            DecodeSheet(destination, colours);
        }

        private Palette? SheetColours(int room, Palette? palette)
        {
            if (_bundle.Poses.Count == 0) throw Errors.NoPoses(_bundle.Name);
            long needed = (long)_bundle.SheetWidth * _bundle.SheetHeight;
            if (room < needed) throw Errors.Length("destination", room, needed, "at least the bundle's sheet width x height");
            return Colours(palette);
        }

        // Every frame of the character, as many at once as run fastest.
        private void DecodeSheet(Span<Rgba32> sheet, Palette? colours)
        {
            int count = _bundle.Labels.Count, z = _bundle.LatentSize;
            sheet.Slice(0, _bundle.SheetWidth * _bundle.SheetHeight).Clear();
            for (int done = 0; done < count;)
            {
                _use.CheckOpen();
                var batch = _engine.BatchFor(count - done);
                for (int i = 0; i < batch.Count; i++)
                {
                    _character.CopyTo(batch.Latents, i * z);
                    batch.SetLabel(i, done + i);
                }

                _engine.Decode(batch);
                for (int i = 0; i < batch.Count; i++) PaintFrame(batch, i, done + i, colours, sheet);
                done += batch.Count;
            }
        }

        private void PaintFrame(Batch batch, int row, int label, Palette? colours, Span<Rgba32> sheet)
        {
            int at = 0;
            while (at + 1 < _bundle.Poses.Count && _bundle.Poses[at + 1].FirstLabel <= label) at++;
            int width = _bundle.Width, height = _bundle.Height, frame = label - _bundle.Poses[at].FirstLabel;
            int size = colours != null ? 1 : 4, start = (at * height * _bundle.SheetWidth) + (frame * width);
            for (int y = 0; y < height; y++)
            {
                var line = new ReadOnlySpan<byte>(batch.Bytes, ((row * height) + y) * width * size, width * size);
                Paint(line, colours, sheet.Slice(start + (y * _bundle.SheetWidth), width));
            }
        }
    }
}
