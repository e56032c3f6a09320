using System;
using System.Threading;
using VaeContent.Internal;

namespace VaeContent
{
    public sealed partial class SpriteQueue
    {
        // A ring that the caller writes and the worker reads: a slot is in it at most once, so it never overflows.
        private readonly QueueSlot[] _pending;
        private readonly QueueSlot[] _batch; // running; the worker's
        private readonly Thread? _worker; // null: Pump works
        private readonly AutoResetEvent _wake = new AutoResetEvent(false);
        private long _written;
        private long _read;   // the worker's
        private int _isAsleep;
        private volatile bool _isEnding;
        private string? _failure;

        private SpriteTicket Publish(QueueSlot slot)
        {
            Interlocked.Increment(ref _used);
            var ticket = slot.Open();
            _pending[_written % _pending.Length] = slot;
            Volatile.Write(ref _written, _written + 1);
            Wake();
            return ticket;
        }

        // The exchange is a full fence: either this sees the worker asleep, or the worker sees what was written.
        private void Wake()
        {
            if (_worker != null && Interlocked.Exchange(ref _isAsleep, 0) == 1) _wake.Set();
        }

        private void EndWorker()
        {
            _isEnding = true;
            Wake();
            _generator.Stop();
            _worker?.Join();
            _wake.Dispose();
        }

        private void Work()
        {
            while (!_isEnding)
            {
                int count = Collect();
                if (count > 0) Serve(new ReadOnlySpan<QueueSlot>(_batch, 0, count));
                else Sleep();
            }
        }

        private void Sleep()
        {
            Interlocked.Exchange(ref _isAsleep, 1);
            if (_read == Volatile.Read(ref _written) && !_isEnding) _wake.WaitOne();
            else Interlocked.Exchange(ref _isAsleep, 0);
        }

        /// <summary>Starts what waits, as much as a run takes.</summary>
        private int Collect()
        {
            int count = 0;
            while (count < _batch.Length && _read < Volatile.Read(ref _written))
            {
                var slot = _pending[_read % _pending.Length];
                _read++;
                if (slot.Start()) _batch[count++] = slot;
                else Free(slot);
            }

            return count;
        }

        private void Serve(ReadOnlySpan<QueueSlot> slots)
        {
            while (slots.Length > 0 && !_isEnding)
            {
                int served = slots.Length;
                bool isReady = true;
                try
                {
                    served = _generator.Serve(slots);
                }
                catch (Exception e) // no caller above would see it: the tickets carry it
                {
                    isReady = false;
                    Volatile.Write(ref _failure, e.Message);
                }

                foreach (var slot in slots.Slice(0, served))
                {
                    if (!slot.Finish(isReady)) Free(slot);
                }

                slots = slots.Slice(served);
            }
        }
    }
}
