using System;
using System.Threading;
using VaeContent.Internal;

namespace VaeContent
{
    /// <summary>
    /// Sprites while the game runs: ask, get a ticket, take the pixels some frames later. Its own thread decodes all
    /// waiting requests together, in their order; without threads, as in Unity's WebGL builds,
    /// <see cref="Pump"/> does. Ask, poll, take and cancel from one thread at a time: a call while another is under way
    /// throws <see cref="ConcurrentUseException"/>. These calls wait for nothing and allocate nothing.
    /// </summary>
    public sealed partial class SpriteQueue : IDisposable
    {
        private const int MostSlots = 4096;

        private readonly SpriteGenerator _generator;
        private readonly QueueSlot[] _slots;
        private int _used;     // slots that are not free
        private int _nextSlot; // where to look for a free one
        private readonly ExclusiveUse _use = new ExclusiveUse(nameof(SpriteQueue));

        /// <summary>
        /// Takes over <paramref name="generator"/>, which refuses all other use from now on, and starts the thread.
        /// <paramref name="capacity"/>, 1..4096: tickets that may be out at once; each holds pixels and a latent. Throws
        /// ArgumentOutOfRangeException; ObjectDisposedException for a disposed generator; ConcurrentUseException for one that is
        /// in use or belongs to a queue.
        /// </summary>
        public SpriteQueue(SpriteGenerator generator, int capacity = 256)
            : this(generator, capacity, startsThread: true)
        {
        }

        /// <summary>
        /// As above; without a thread where <paramref name="startsThread"/> is false: call <see cref="Pump"/> once a frame.
        /// </summary>
        public SpriteQueue(SpriteGenerator generator, int capacity, bool startsThread)
        {
            _generator = generator ?? throw new ArgumentNullException(nameof(generator));
            if (capacity < 1 || capacity > MostSlots) throw Errors.Capacity(capacity, MostSlots);
            generator.HandOver();
            _slots = new QueueSlot[capacity];
            for (int i = 0; i < capacity; i++) _slots[i] = new QueueSlot(i, generator.PixelCount, generator.Bundle.LatentSize);
            _pending = new QueueSlot[capacity];
            _batch = new QueueSlot[Math.Min(capacity, generator.BatchSize)];
            if (!startsThread) return;
            // Below the game's own threads: a sprite may come a frame later, the frame may not.
            _worker = new Thread(Work) { Name = nameof(SpriteQueue), IsBackground = true, Priority = ThreadPriority.BelowNormal };
            _worker.Start();
        }

        /// <summary>The model that is decoded.</summary>
        public VaeBundle Bundle => _generator.Bundle;

        /// <summary>Pixels of one sprite: width x height.</summary>
        public int PixelCount => _generator.PixelCount;

        /// <summary>Tickets that may be out at once.</summary>
        public int Capacity => _slots.Length;

        /// <summary>
        /// Places taken: tickets neither taken nor cancelled, and cancelled ones that the thread or Pump has not cleared yet.
        /// </summary>
        public int Count => Volatile.Read(ref _used);

        /// <summary>What it computes on and why, for a log. Changes when a device is lost and the CPU continues.</summary>
        public string DeviceReport => _generator.DeviceReport;

        /// <summary>The engine's last error, or null.</summary>
        public string? Failure => Volatile.Read(ref _failure);

        /// <summary>
        /// Asks for what <see cref="SpriteGenerator.Generate(long, string, float, Palette)"/> returns for the same arguments, and
        /// throws as it does. False, with no ticket, while all places are taken: ask again in a later frame.
        /// </summary>
        public bool TryGenerate(long seed, out SpriteTicket ticket, string? label = null, float temperature = 1f,
            Palette? palette = null)
        {
            ticket = default;
            using var call = _use.Enter();
            var slot = FreeSlot();
            if (slot == null) return false;
            _generator.Fill(slot, seed, label, temperature, palette);
            ticket = Publish(slot);
            return true;
        }

        /// <summary>
        /// Asks for what <see cref="SpriteGenerator.Decode(ReadOnlySpan{float}, string, Palette)"/> returns for the same
        /// arguments, and throws as it does. The latent, (Z), is copied. False, with no ticket, while all places are taken.
        /// </summary>
        public bool TryDecode(ReadOnlySpan<float> latent, out SpriteTicket ticket, string? label = null, Palette? palette = null)
        {
            ticket = default;
            using var call = _use.Enter();
            var slot = FreeSlot();
            if (slot == null) return false;
            _generator.Fill(slot, latent, label, palette);
            ticket = Publish(slot);
            return true;
        }

        /// <summary>The status of a ticket.</summary>
        public SpriteStatus Poll(SpriteTicket ticket)
        {
            using var call = _use.Enter();
            return Status(ticket);
        }

        /// <summary>
        /// As <see cref="Poll"/>; where that is Ready, copies the sprite, (H, W), into <paramref name="destination"/>. A ticket
        /// that is Ready or Failed is used up by this. Throws ArgumentException where the destination is too short.
        /// </summary>
        public SpriteStatus Take(SpriteTicket ticket, Span<Rgba32> destination)
        {
            using var call = _use.Enter();
            var status = Status(ticket);
            if (destination.Length < PixelCount)
            {
                throw Errors.Length(nameof(destination), destination.Length, PixelCount, "at least width x height");
            }

            if (status != SpriteStatus.Ready && status != SpriteStatus.Failed) return status;
            var slot = _slots[ticket.Slot];
            if (status == SpriteStatus.Ready) slot.Pixels.CopyTo(destination);
            Free(slot);
            return status;
        }

        /// <summary>
        /// Gives up a ticket of any status; false if it is Unknown. Its place is free again once the thread, or Pump,
        /// has cleared it.
        /// </summary>
        public bool Cancel(SpriteTicket ticket)
        {
            using var call = _use.Enter();
            if (Status(ticket) == SpriteStatus.Unknown) return false;
            var slot = _slots[ticket.Slot];
            if (!slot.Cancel()) Free(slot);
            return true;
        }

        /// <summary>
        /// Ends the thread and frees the engine's memory; drops what still waits. Waits until the current run stops, a
        /// millisecond or so: do not call it in the middle of a frame. Calling it again does nothing.
        /// </summary>
        public void Dispose()
        {
            if (!_use.Close()) return;
            EndWorker();
            _generator.DisposeOwned();
        }

        private SpriteStatus Status(SpriteTicket ticket) =>
            (uint)ticket.Slot < (uint)_slots.Length ? _slots[ticket.Slot].Status(ticket.Issue) : SpriteStatus.Unknown;

        private QueueSlot? FreeSlot()
        {
            if (Count == _slots.Length) return null;
            while (!_slots[_nextSlot].IsFree) _nextSlot = _nextSlot + 1 == _slots.Length ? 0 : _nextSlot + 1;
            return _slots[_nextSlot];
        }

        // The state first: a count below the capacity promises a free slot.
        private void Free(QueueSlot slot)
        {
            slot.Close();
            Interlocked.Decrement(ref _used);
        }
    }
}
