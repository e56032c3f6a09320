using System;

namespace VaeContent.Trainer.Data;

/// <summary>
/// A small seeded generator (SplitMix64), integers only: the same draws everywhere. A mutable struct: keep it in a local.
/// </summary>
internal struct SplitMix
{
    private ulong _state;

    /// <summary>
    /// The generator of stream <paramref name="stream"/> of <paramref name="seed"/>; streams do not overlap in practice.
    /// </summary>
    public SplitMix(long seed, long stream = 0) => _state = StableHash.Mix(StableHash.Mix((ulong)seed) ^ (ulong)stream);

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        ulong drawn = StableHash.Mix(_state);
        _state += 0x9e3779b97f4a7c15;
        return drawn;
    }

    /// <summary>A whole number in 0..<paramref name="bound"/> - 1.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number in 0..1, below 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1L << 53));
}
