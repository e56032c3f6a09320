using System;
using System.Threading;

namespace VaeContent.Internal
{
    /// <summary>
    /// Lets one call at a time through and refuses the others: two interlocked operations a call, no lock, nothing to wait for
    /// but in <see cref="Close"/>.
    /// </summary>
    internal sealed class ExclusiveUse
    {
        private const int InUse = 1, Closed = 2, Owned = 4;

        private readonly string _type;
        private int _state;

        /// <summary><paramref name="type"/>: whose calls they are, for messages.</summary>
        internal ExclusiveUse(string type) => _type = type;

        /// <summary>
        /// Begins a call, which ends when the outcome is disposed. Throws ConcurrentUseException, or ObjectDisposedException from
        /// the moment of Close.
        /// </summary>
        internal Call Enter() => Move(0, InUse);

        /// <summary>The same for the owner.</summary>
        internal Call EnterOwned() => Move(Owned, Owned | InUse);

        /// <summary>From now on only EnterOwned is let through. Throws as <see cref="Enter"/>.</summary>
        internal void Own() => Move(0, Owned);

        /// <summary>Throws where a call is under way, or there is an owner.</summary>
        internal void CheckIdle()
        {
            if ((Volatile.Read(ref _state) & (InUse | Owned)) != 0) throw Refusal();
        }

        /// <summary>For a long call, between its runs.</summary>
        internal void CheckOpen()
        {
            if ((Volatile.Read(ref _state) & Closed) != 0) throw Refusal();
        }

        /// <summary>
        /// Refuses all later calls and waits for the current one. False where that was done before. Throws
        /// ConcurrentUseException where there is an owner and somebody else calls.
        /// </summary>
        internal bool Close(bool byOwner = false)
        {
            int state;
            do
            {
                state = Volatile.Read(ref _state);
                if ((state & Closed) != 0) return false;
                if ((state & Owned) != 0 && !byOwner) throw Refusal();
            }
            while (Interlocked.CompareExchange(ref _state, state | Closed, state) != state);

            var wait = default(SpinWait);
            while ((Volatile.Read(ref _state) & InUse) != 0) wait.SpinOnce();
            return true;
        }

        private Call Move(int from, int to) =>
            Interlocked.CompareExchange(ref _state, to, from) == from ? new Call(this) : throw Refusal();

        private Exception Refusal()
        {
            int state = Volatile.Read(ref _state);
            if ((state & Closed) != 0) return Errors.Disposed(_type);
            return (state & Owned) != 0 ? Errors.BelongsToQueue(_type) : Errors.InUse(_type);
        }

        /// <summary>A call under way.</summary>
        internal readonly struct Call : IDisposable
        {
            private readonly ExclusiveUse _use;

            internal Call(ExclusiveUse use) => _use = use;

            public void Dispose() => Interlocked.Decrement(ref _use._state); // InUse is 1
        }
    }
}
