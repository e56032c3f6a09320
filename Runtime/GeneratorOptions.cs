namespace VaeContent
{
    /// <summary>
    /// How a <see cref="SpriteGenerator"/> or <see cref="SpriteEncoder"/> computes. Read once, by the constructor.
    /// </summary>
    public sealed class GeneratorOptions
    {
        /// <summary>What to compute on.</summary>
        public Device Device { get; set; } = Device.Auto;

        /// <summary>
        /// Which adapter, 0..63, on devices that can choose: DirectML and CUDA, in the driver's order. Others take 0 only; the
        /// CPU ignores it.
        /// </summary>
        public int DeviceIndex { get; set; }

        /// <summary>CPU threads, 1..256. One sprite is too small a job to share; more threads help large batches.</summary>
        public int Threads { get; set; } = 1;

        /// <summary>
        /// Sprites decoded at once by the batch methods at most, 1..4096; less where sprites are large, and no more than 16 a
        /// thread on the CPU, which is fastest so. Memory grows with it.
        /// </summary>
        public int BatchSize { get; set; } = 64;

        /// <summary>
        /// How far from its middle each random number of the prior may lie, 0.1..8 standard deviations; one that lies farther is
        /// drawn again, so extremes never come up (Brock et al. 2019). 0 for no limit. Part of what a seed's sprite follows from,
        /// as the temperature is.
        /// </summary>
        public float Truncation { get; set; }

        internal GeneratorOptions Copy() => (GeneratorOptions)MemberwiseClone();
    }
}
