using System;

namespace VaeContent.Unity
{
    /// <summary>Generates in turn, at the moment a sprite is taken: whoever takes N a frame spends N decodes a frame.</summary>
    internal sealed class FrameSource : ISpriteSource
    {
        private readonly GeneratorLease _lease;
        private readonly Waiting[] _ring; // a ticket is a place in the ring
        private int _first;
        private int _count;

        internal FrameSource(GeneratorLease lease, int capacity)
        {
            _lease = lease;
            _ring = new Waiting[capacity];
        }

        public int Capacity => _ring.Length;

        public bool TryRequest(long seed, string? label, float temperature, out int ticket)
        {
            ticket = (_first + _count) % _ring.Length;
            if (_count == _ring.Length) return false;
            _ring[ticket] = new Waiting(seed, label, temperature);
            _count++;
            return true;
        }

        public bool TryTake(Span<Rgba32> destination, out int ticket)
        {
            ticket = _first;
            if (_count == 0) return false;
            var wanted = _ring[_first];
            // First: a request that throws must not be asked again in every frame.
            _first = (_first + 1) % _ring.Length;
            _count--;
            _lease.Generator.Generate(wanted.Seed, wanted.Label, wanted.Temperature).CopyTo(destination);
            return true;
        }

        public void Dispose() => _lease.Dispose();

        private readonly struct Waiting
        {
            internal readonly long Seed;
            internal readonly string? Label;
            internal readonly float Temperature;

            internal Waiting(long seed, string? label, float temperature)
            {
                Seed = seed;
                Label = label;
                Temperature = temperature;
            }
        }
    }
}
