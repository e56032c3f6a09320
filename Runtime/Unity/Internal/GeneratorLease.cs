using System;

namespace VaeContent.Unity
{
    /// <summary>A component's share in a generator of <see cref="SharedGenerators"/>.</summary>
    internal sealed class GeneratorLease : IDisposable
    {
        private SharedGenerators.Entry? _entry;

        internal GeneratorLease(SharedGenerators.Entry entry)
        {
            _entry = entry;
            entry.Join();
        }

        /// <summary>
        /// The generator; started at the first use, and again after the bundle was reimported. Ask for it in every frame.
        /// </summary>
        internal SpriteGenerator Generator =>
            _entry != null ? _entry.Generator()
                : throw new ObjectDisposedException(nameof(GeneratorLease), "This share was given back.");

        public void Dispose()
        {
            _entry?.Leave();
            _entry = null;
        }
    }
}
