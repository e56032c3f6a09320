using System;

namespace VaeContent
{
    /// <summary>
    /// A direction in latent space that means something, such as wearing a hat; for <see cref="VaeContent.Latent.Shift"/>.
    /// Immutable.
    /// </summary>
    public sealed class LatentAttribute
    {
        private readonly float[] _direction;

        internal LatentAttribute(string name, float[] direction)
        {
            Name = name;
            _direction = direction;
        }

        /// <summary>What it adds: <c>beard</c>, <c>hair=long</c>, or a label. Unique in the bundle.</summary>
        public string Name { get; }

        /// <summary>From the mean of the sprites without it to the mean of those with it, (Z).</summary>
        public ReadOnlySpan<float> Direction => _direction;
    }
}
