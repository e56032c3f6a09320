using System.Threading;

namespace VaeContent.Internal
{
    /// <summary>
    /// The place of one request and its pixels. The caller opens it, the worker starts and finishes it, the caller closes it; a
    /// cancelled one is closed by the worker. The state hands the other fields from one thread to the other.
    /// </summary>
    internal sealed class QueueSlot
    {
        internal readonly int Number;
        internal readonly Rgba32[] Pixels; // (H, W)
        internal readonly float[] Latent;  // (Z), the request where HasLatent
        internal bool HasLatent;
        internal long Seed;
        internal int Label;
        internal float Temperature;
        internal Palette? Colours;

        private const int Free = 0, Waiting = 1, Running = 2, Ready = 3, Failed = 4, Cancelled = 5;

        private int _state;
        private int _issue;

        internal QueueSlot(int number, int pixels, int latentSize)
        {
            Number = number;
            Pixels = new Rgba32[pixels];
            Latent = new float[latentSize];
        }

        internal bool IsFree => Volatile.Read(ref _state) == Free;

        /// <summary>Caller: a free slot begins to wait.</summary>
        internal SpriteTicket Open()
        {
            _issue = unchecked(_issue + 1);
            if (_issue == 0) _issue = 1; // 0 is not a ticket
            Volatile.Write(ref _state, Waiting);
            return new SpriteTicket(Number, _issue);
        }

        /// <summary>Caller: the state of a ticket.</summary>
        internal SpriteStatus Status(int issue)
        {
            if (issue != _issue) return SpriteStatus.Unknown;
            switch (Volatile.Read(ref _state))
            {
                case Waiting:
                case Running: return SpriteStatus.Waiting;
                case Ready: return SpriteStatus.Ready;
                case Failed: return SpriteStatus.Failed;
                default: return SpriteStatus.Unknown;
            }
        }

        /// <summary>Caller: false where the worker was faster, so that there is a result.</summary>
        internal bool Cancel() => Move(Waiting, Cancelled) || Move(Running, Cancelled);

        /// <summary>Worker: false where it was cancelled.</summary>
        internal bool Start() => Move(Waiting, Running);

        /// <summary>Worker: false where it was cancelled.</summary>
        internal bool Finish(bool isReady) => Move(Running, isReady ? Ready : Failed);

        internal void Close() => Volatile.Write(ref _state, Free);

        private bool Move(int from, int to) => Interlocked.CompareExchange(ref _state, to, from) == from;
    }
}
