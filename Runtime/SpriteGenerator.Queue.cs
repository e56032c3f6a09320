using System;
using VaeContent.Internal;

namespace VaeContent
{
    public sealed partial class SpriteGenerator
    {
        private bool _isSampled; // the slot being served has its latent

        internal int BatchSize => _engine.BatchSize;

        /// <summary>
        /// Makes this a queue's, and refuses direct use. Throws as <see cref="Generate(long, string, float, Palette)"/>.
        /// </summary>
        internal void HandOver() => _use.Own();

        /// <summary>The queue's Dispose.</summary>
        internal void DisposeOwned()
        {
            if (_use.Close(byOwner: true)) _engine.Dispose();
        }

        /// <summary>
        /// The arguments of a request as they are kept. Throws as <see cref="Generate(long, string, float, Palette)"/>. From any
        /// thread.
        /// </summary>
        internal void Fill(QueueSlot slot, long seed, string? label, float temperature, Palette? palette)
        {
            slot.Colours = Colours(palette);
            slot.Label = SeedLabel(seed, label);
            slot.Temperature = Prior.CheckTemperature(temperature);
            slot.Seed = seed;
            slot.HasLatent = false;
        }

        /// <summary>Throws as <see cref="Decode(ReadOnlySpan{float}, string, Palette)"/>. From any thread.</summary>
        internal void Fill(QueueSlot slot, ReadOnlySpan<float> latent, string? label, Palette? palette)
        {
            slot.Colours = Colours(palette);
            if (latent.Length != _bundle.LatentSize) throw Errors.LatentLength(latent.Length, _bundle.LatentSize, nameof(latent));
            slot.Label = DecodeLabel(label);
            latent.CopyTo(slot.Latent);
            slot.HasLatent = true;
        }

        /// <summary>Decodes as many of the first slots as make one run, and says how many.</summary>
        internal int Serve(ReadOnlySpan<QueueSlot> slots)
        {
            using var call = _use.EnterOwned();
            var batch = _engine.BatchFor(slots.Length);
            slots = slots.Slice(0, batch.Count);
            bool anySeed = Prepare(batch, slots);
            do
            {
                Assemble(batch, slots, anySeed);
                _engine.Decode(batch);
            }
            while (batch.RedrawBlank());
            int size = batch.Bytes.Length / batch.Count;
            for (int i = 0; i < slots.Length; i++)
            {
                Paint(new ReadOnlySpan<byte>(batch.Bytes, i * size, size), slots[i].Colours, slots[i].Pixels);
            }

            return slots.Length;
        }

        /// <summary>Begins a slot that <see cref="ServeStep"/> then decodes.</summary>
        internal void BeginServing(QueueSlot slot)
        {
            using var call = _use.EnterOwned();
            if (slot.HasLatent)
            {
                _single.Give(0, slot.Label);
                slot.Latent.CopyTo(_single.Latents, 0);
            }
            else
            {
                _single.Draw(0, slot.Seed, slot.Label, slot.Temperature);
            }

            _isSampled = slot.HasLatent;
        }

        /// <summary>A piece of the slot's sprite; true once its pixels are there.</summary>
        internal bool ServeStep(QueueSlot slot)
        {
            using var call = _use.EnterOwned();
            if (!_isSampled)
            {
                if (!_engine.SampleStep(_single)) return false;
                _single.Sampled.CopyTo(_single.Latents, 0);
                _isSampled = true;
            }

            if (!_engine.DecodeStep(_single)) return false;
            if (_single.RedrawBlank())
            {
                _isSampled = false;
                return false;
            }

            Paint(_single.Bytes, slot.Colours, slot.Pixels);
            return true;
        }

        /// <summary>Makes the run under way, and all later ones, fail. From any thread.</summary>
        internal void Stop() => _engine.Stop();

        private static bool Prepare(Batch batch, ReadOnlySpan<QueueSlot> slots)
        {
            bool anySeed = false;
            for (int i = 0; i < slots.Length; i++)
            {
                var slot = slots[i];
                anySeed |= !slot.HasLatent;
                if (slot.HasLatent) batch.Give(i, slot.Label);
                else batch.Draw(i, slot.Seed, slot.Label, slot.Temperature);
            }

            return anySeed;
        }

        // Seeds and latents go together: a network prior runs over every row, and rows with a latent of their own are written
        // over.
        private void Assemble(Batch batch, ReadOnlySpan<QueueSlot> slots, bool anySeed)
        {
            if (anySeed) _engine.Sample(batch);
            batch.Sampled.CopyTo(batch.Latents, 0);
            for (int i = 0; i < slots.Length; i++)
            {
                if (slots[i].HasLatent) slots[i].Latent.CopyTo(batch.Latents, i * slots[i].Latent.Length);
            }
        }
    }
}
