using System.Collections.Generic;

namespace VaeContent.Unity
{
    /// <summary>
    /// One generator per bundle and device, however many components use it. A lease that is still held when
    /// <see cref="Sessions"/> are stopped starts a new generator at its next use. Main thread only.
    /// </summary>
    internal static class SharedGenerators
    {
        private static readonly List<Entry> Entries = new List<Entry>();

        /// <summary>A share in the generator of a bundle; dispose it when done.</summary>
        internal static GeneratorLease Acquire(VaeBundleAsset bundle, Device device)
        {
            foreach (var entry in Entries)
            {
                if (ReferenceEquals(entry.Asset, bundle) && entry.Device == device) return new GeneratorLease(entry);
            }

            var made = new Entry(bundle, device);
            Entries.Add(made);
            Sessions.Add(made);
            return new GeneratorLease(made);
        }

        /// <summary>A generator and who uses it.</summary>
        internal sealed class Entry : ISession
        {
            internal readonly VaeBundleAsset Asset;
            internal readonly Device Device;
            private SpriteGenerator? _generator;
            private int _users;

            internal Entry(VaeBundleAsset asset, Device device)
            {
                Asset = asset;
                Device = device;
            }

            internal void Join() => _users++;

            internal void Leave()
            {
                if (--_users > 0) return;
                Stop();
                Entries.Remove(this);
                Sessions.Remove(this);
            }

            internal SpriteGenerator Generator()
            {
                var bundle = Asset.Bundle;
                if (_generator != null && ReferenceEquals(_generator.Bundle, bundle)) return _generator;
                Stop();
                _generator = new SpriteGenerator(bundle, new GeneratorOptions { Device = Device });
                return _generator;
            }

            public void Stop()
            {
                _generator?.Dispose();
                _generator = null;
            }
        }
    }
}
