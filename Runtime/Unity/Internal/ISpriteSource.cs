using System;

namespace VaeContent.Unity
{
    /// <summary>
    /// Where an atlas gets its sprites: request, ticket, poll. What is ready when is the source's business, so that one that
    /// computes on a GPU or a thread can take the place of <see cref="FrameSource"/>. Main thread only; nothing is allocated.
    /// </summary>
    internal interface ISpriteSource : IDisposable
    {
        /// <summary>Requests that can wait at once. Tickets are 0..Capacity - 1 and come back when a sprite was taken.</summary>
        int Capacity { get; }

        /// <summary>Asks for a sprite; false where <see cref="Capacity"/> requests are waiting.</summary>
        bool TryRequest(long seed, string? label, float temperature, out int ticket);

        /// <summary>Copies a finished sprite, (H, W), and says whose it is; false where none is ready.</summary>
        bool TryTake(Span<Rgba32> destination, out int ticket);
    }
}
