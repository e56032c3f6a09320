using System;
using System.Threading;
using System.Threading.Tasks;

namespace VaeContent.Unity
{
    /// <summary>
    /// Sprites of one model in the order they were asked for, decoded by a <see cref="SpriteQueue"/>. The engine starts beside
    /// the game at the first look, or, without threads, in it, and what was asked for before waits for it. Nothing throws in a
    /// frame: <see cref="Failure"/> tells. Main thread only; no garbage once it runs.
    /// </summary>
    internal sealed class SpriteFeed : ISession, IDisposable
    {
        private const int BatchSize = 16, MostInQueue = 256;

        private readonly VaeBundle _bundle;
        private readonly Device _device;
        private readonly bool _hasThreads;
        private readonly Wanted[] _ring; // a ticket is a place in the ring
        private int _first;
        private int _count;
        private int _handed; // of those, how many the queue has: always the first ones
        private Task<SpriteGenerator>? _start;
        private CancellationTokenSource? _cancel;
        private SpriteQueue? _queue;
        private bool _broken;
        private bool _disposed;

        /// <summary>A feed in which <paramref name="capacity"/> requests may wait.</summary>
        internal SpriteFeed(VaeBundle bundle, Device device, int capacity, bool hasThreads = Platform.HasThreads)
        {
            _hasThreads = hasThreads;
            _bundle = bundle;
            _device = device;
            _ring = new Wanted[capacity];
        }

        /// <summary>Tickets are 0..Capacity - 1 and come back when their sprite was taken.</summary>
        internal int Capacity => _ring.Length;

        /// <summary>Requests that wait and were not cancelled.</summary>
        internal int Pending { get; private set; }

        /// <summary>What went wrong last, one line; null as long as nothing has.</summary>
        internal string? Failure { get; private set; }

        /// <summary>
        /// Asks for a sprite; false while no place is free. Throws ArgumentException for a label the model does not have.
        /// </summary>
        internal bool TryRequest(long seed, string? label, float temperature, out int ticket)
        {
            if (_disposed) throw new ObjectDisposedException("LiveAtlas", "This atlas was disposed; make a new one.");
            ticket = (_first + _count) % _ring.Length;
            if (label != null) _bundle.LabelIndex(label);
            if (_count == _ring.Length) return false;
            _ring[ticket] = new Wanted { Seed = seed, Label = label, Temperature = temperature };
            _count++;
            Pending++;
            return true;
        }

        /// <summary>Gives up a request whose sprite was not taken yet.</summary>
        internal void Cancel(int ticket)
        {
            if (_ring[ticket].IsCancelled) return;
            _ring[ticket].IsCancelled = true;
            Pending--;
            _queue?.Cancel(_ring[ticket].Ticket);
        }

        /// <summary>Copies the next sprite, (H, W), and says whose it is; false where none is ready.</summary>
        internal bool TryTake(Span<Rgba32> destination, out int ticket)
        {
            ticket = -1;
            if (_count == 0 || _broken) return false;
            var queue = Queue();
            if (queue == null) return false;
            HandOver(queue);
            while (_handed > 0)
            {
                ticket = _first;
                if (_ring[ticket].IsCancelled)
                {
                    Drop();
                    continue;
                }

                var status = queue.Take(_ring[ticket].Ticket, destination);
                if (status == SpriteStatus.Waiting) return false;
                Drop();
                Pending--;
                if (status == SpriteStatus.Ready) return true;
                Failure = queue.Failure ?? "A sprite was lost.";
            }

            return false;
        }

        /// <summary>Where there are no threads, decodes for about as long as <paramref name="budget"/>. Once a frame.</summary>
        internal void Work(TimeSpan budget)
        {
            if (_hasThreads || _count == 0 || _broken) return;
            var queue = Queue();
            if (queue == null) return;
            HandOver(queue);
            queue.Pump(budget);
        }

        /// <inheritdoc/>
        public void Stop()
        {
            _cancel?.Cancel();
            if (_start != null) Abandon(_start);
            _queue?.Dispose();
            _cancel?.Dispose();
            (_start, _queue, _cancel) = (null, null, null);
            // asked for again from the next queue
            for (; _handed > 0; _handed--) _ring[(_first + _handed - 1) % _ring.Length].Ticket = default;
        }

        public void Dispose()
        {
            Stop();
            _disposed = true;
            (_count, Pending) = (0, 0);
        }

        private void Drop()
        {
            _ring[_first].IsCancelled = true; // there is nothing left to cancel
            _first = (_first + 1) % _ring.Length;
            _count--;
            _handed--;
        }

        private void HandOver(SpriteQueue queue)
        {
            while (_handed < _count)
            {
                ref var wanted = ref _ring[(_first + _handed) % _ring.Length];
                try
                {
                    if (!wanted.IsCancelled
                        && !queue.TryGenerate(wanted.Seed, out wanted.Ticket, wanted.Label, wanted.Temperature)) return;
                }
                catch (ArgumentException e)
                {
                    Failure = e.Message;
                    wanted.IsCancelled = true;
                    Pending--;
                }

                _handed++;
            }
        }

        private SpriteQueue? Queue()
        {
            if (_queue != null) return _queue;
            try
            {
                if (!_hasThreads) return _queue = NewPumped();
                _cancel ??= new CancellationTokenSource();
                _start ??= SpriteGenerator.WarmUpAsync(_bundle, new GeneratorOptions { Device = _device, BatchSize = BatchSize },
                    null, _cancel.Token);
                if (!_start.IsCompleted) return null;
                _queue = new SpriteQueue(_start.GetAwaiter().GetResult(), Math.Min(_ring.Length, MostInQueue));
                _start = null;
            }
            catch (Exception e) when (e is VaeBundleException || e is DllNotFoundException || e is PlatformNotSupportedException)
            {
                Failure = e.Message;
                _broken = true;
            }

            return _queue;
        }

        private SpriteQueue NewPumped() =>
            new SpriteQueue(new SpriteGenerator(_bundle, new GeneratorOptions { Device = _device, BatchSize = 1 }),
                Math.Min(_ring.Length, MostInQueue), startsThread: false);

        // Waits: the native library must not be at work in a domain that goes away.
        private static void Abandon(Task<SpriteGenerator> start)
        {
            try
            {
                start.GetAwaiter().GetResult().Dispose();
            }
            catch (Exception e) when (e is VaeBundleException || e is DllNotFoundException || e is OperationCanceledException)
            {
                // There is nothing to free.
            }
        }

        private struct Wanted
        {
            internal long Seed;
            internal string? Label;
            internal float Temperature;
            internal bool IsCancelled;
            internal SpriteTicket Ticket; // once handed over
        }
    }
}
