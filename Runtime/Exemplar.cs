using System;

namespace VaeContent
{
    /// <summary>A named latent that ships in the bundle, such as one of the artist's own sprites. Immutable.</summary>
    public sealed class Exemplar
    {
        private readonly float[] _latent;

        internal Exemplar(string name, string? label, float[] latent)
        {
            Name = name;
            Label = label;
            _latent = latent;
        }

        /// <summary>Its name, unique in the bundle.</summary>
        public string Name { get; }

        /// <summary>Its label, or null.</summary>
        public string? Label { get; }

        /// <summary>Its latent, (Z): ready for Decode and for everything in <see cref="VaeContent.Latent"/>.</summary>
        public ReadOnlySpan<float> Latent => _latent;
    }
}
