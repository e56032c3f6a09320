using System;

namespace VaeContent
{
    /// <summary>
    /// A claim to one sprite of the <see cref="SpriteQueue"/> that gave it out. The default value is not a ticket: its status is
    /// Unknown.
    /// </summary>
    public readonly struct SpriteTicket : IEquatable<SpriteTicket>
    {
        internal SpriteTicket(int slot, int issue)
        {
            Slot = slot;
            Issue = issue;
        }

        internal int Slot { get; }

        /// <summary>Counts the tickets of a slot from 1, so that an old one is not mistaken for a new one.</summary>
        internal int Issue { get; }

        /// <summary>Whether both claim the same sprite.</summary>
        public bool Equals(SpriteTicket other) => Slot == other.Slot && Issue == other.Issue;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is SpriteTicket other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => unchecked(Issue * 4099 + Slot);

        /// <summary>Whether both claim the same sprite.</summary>
        public static bool operator ==(SpriteTicket a, SpriteTicket b) => a.Equals(b);

        /// <summary>Whether they claim different sprites.</summary>
        public static bool operator !=(SpriteTicket a, SpriteTicket b) => !a.Equals(b);
    }
}
