namespace VaeContent
{
    /// <summary>How far a <see cref="SpriteQueue"/> has come with a ticket.</summary>
    public enum SpriteStatus
    {
        /// <summary>The queue does not know the ticket: it was taken or cancelled, or never given out.</summary>
        Unknown = 0,

        /// <summary>The sprite waits for its turn or is being decoded.</summary>
        Waiting = 1,

        /// <summary>The pixels are there.</summary>
        Ready = 2,

        /// <summary>The engine failed; <see cref="SpriteQueue.Failure"/> says how. There are no pixels.</summary>
        Failed = 3,
    }
}
