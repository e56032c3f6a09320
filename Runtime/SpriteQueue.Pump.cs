using System;
using System.Diagnostics;
using System.Threading;
using VaeContent.Internal;

namespace VaeContent
{
    public sealed partial class SpriteQueue
    {
        private QueueSlot? _current; // being decoded by Pump

        /// <summary>
        /// For a queue without a thread, once a frame: decodes what waits, in the order it was asked for, until
        /// <paramref name="budget"/> is spent; a sprite that is not finished then continues in the next call. Overruns by one
        /// operator at most on Device.Managed, by one sprite on others; 0 is one such piece. True while something waits.
        /// Allocates nothing. Throws InvalidOperationException where the queue has a thread.
        /// </summary>
        public bool Pump(TimeSpan budget)
        {
            using var call = _use.Enter();
            if (_worker != null) throw Errors.HasThread();
            long end = Stopwatch.GetTimestamp() + (long)(budget.TotalSeconds * Stopwatch.Frequency);
            do
            {
                if (_current == null && !TakeNext()) return false;
                if (PumpStep(_current!)) _current = null;
            }
            while (Stopwatch.GetTimestamp() < end);
            return _current != null || _read < _written;
        }

        private bool TakeNext()
        {
            while (_read < _written)
            {
                var slot = _pending[_read % _pending.Length];
                _read++;
                if (!slot.Start())
                {
                    Free(slot);
                    continue;
                }

                _current = slot;
                _generator.BeginServing(slot);
                return true;
            }

            return false;
        }

        /// <summary>True where the slot is finished, with or without a sprite.</summary>
        private bool PumpStep(QueueSlot slot)
        {
            bool isReady = true;
            try
            {
                if (!_generator.ServeStep(slot)) return false;
            }
            catch (VaeBundleException e) // as with a thread, the ticket carries it
            {
                isReady = false;
                Volatile.Write(ref _failure, e.Message);
            }

            if (!slot.Finish(isReady)) Free(slot);
            return true;
        }
    }
}
