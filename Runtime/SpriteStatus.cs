namespace VaeContent
{
    /// <summary>The status of a ticket of a <see cref="SpriteQueue"/>.</summary>
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
