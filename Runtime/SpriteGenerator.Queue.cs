using System;
using VaeContent.Internal;

namespace VaeContent
{
    public sealed partial class SpriteGenerator
    {
        internal int BatchSize => _engine.BatchSize;

        /// <summary>The arguments of a request as they are kept. Throws as <see cref="Generate"/>. From any thread.</summary>
        internal void Fill(QueueSlot slot, long seed, string? label, float temperature, Palette? palette)
        {
            slot.Colours = Begin(palette);
            slot.Label = SeedLabel(seed, label);
            slot.Temperature = Prior.CheckTemperature(temperature);
            slot.Seed = seed;
            slot.HasLatent = false;
        }

        /// <summary>Throws as <see cref="Decode"/>. From any thread.</summary>
        internal void Fill(QueueSlot slot, ReadOnlySpan<float> latent, string? label, Palette? palette)
        {
            slot.Colours = Begin(palette);
            if (latent.Length != _bundle.LatentSize) throw Errors.LatentLength(latent.Length, _bundle.LatentSize, nameof(latent));
            slot.Label = DecodeLabel(label);
            latent.CopyTo(slot.Latent);
            slot.HasLatent = true;
        }

        /// <summary>Whether both can be decoded in one run: a network prior's seeds take another way than latents.</summary>
        internal bool GoTogether(QueueSlot a, QueueSlot b) => a.HasLatent == b.HasLatent || !_bundle.Prior.IsNetwork;

        /// <summary>Decodes as many of the first slots as make one run, and says how many; they must go together.</summary>
        internal int Serve(ReadOnlySpan<QueueSlot> slots)
        {
            if (_disposed) throw Errors.Disposed(nameof(SpriteGenerator));
            var lane = _engine.LaneFor(slots.Length);
            for (int i = 0; i < lane.Count; i++)
            {
                var slot = slots[i];
                if (slot.HasLatent)
                {
                    slot.Latent.CopyTo(lane.Latents, i * slot.Latent.Length);
                    lane.SetLabel(i, slot.Label);
                }
                else
                {
                    lane.Draw(i, slot.Seed, slot.Label, slot.Temperature);
                }
            }

            _engine.Run(lane, slots[0].HasLatent ? Pass.Decode : Pass.Generate);
            int size = lane.Bytes.Length / lane.Count;
            for (int i = 0; i < lane.Count; i++)
            {
                Paint(new ReadOnlySpan<byte>(lane.Bytes, i * size, size), slots[i].Colours, slots[i].Pixels);
            }

            return lane.Count;
        }

        /// <summary>Makes the run under way, and all later ones, fail. From any thread.</summary>
        internal void Stop() => _engine.Stop();
    }
}
