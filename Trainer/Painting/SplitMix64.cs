namespace VaeContent.Trainer.Painting;

/// <summary>Steele, Lea &amp; Flood's SplitMix64: the same integers from the same seed on every machine.</summary>
internal struct SplitMix64
{
    private const ulong Gamma = 0x9e3779b97f4a7c15;
    private ulong _state;

    internal SplitMix64(ulong state) => _state = state;

    /// <summary>The stream of number <paramref name="index"/> under <paramref name="seed"/>.</summary>
    internal static SplitMix64 For(long seed, int index) => new(Mix((ulong)seed + Gamma) + Mix((ulong)index));

    /// <summary>A number from 0 to <paramref name="bound"/> - 1.</summary>
    internal int Below(int bound)
    {
        _state += Gamma;
        return (int)(((Mix(_state) >> 32) * (ulong)bound) >> 32);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
