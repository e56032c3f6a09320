using System;

namespace VaeContent
{
    /// <summary>
    /// Thrown by a <see cref="SpriteGenerator"/>, <see cref="SpriteEncoder"/> or <see cref="SpriteQueue"/> that is called while
    /// another thread's call is under way, and by a generator that belongs to a queue. The call has no effect and does not
    /// disturb the other. It is a mistake in the program: give each thread its own, or take turns.
    /// </summary>
    public sealed class ConcurrentUseException : InvalidOperationException
    {
        /// <summary>An error with its one-line message.</summary>
        public ConcurrentUseException(string message) : base(message)
        {
        }
    }
}
