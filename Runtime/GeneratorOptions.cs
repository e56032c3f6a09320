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
        /// The most sprites that the batch methods decode at once, 1..4096. Large sprites are decoded fewer at a time, and the
        /// CPU takes at most 16 a thread, which is fastest. Memory grows with it.
        /// </summary>
        public int BatchSize { get; set; } = 64;

        /// <summary>
        /// How far from its mean each random number of the prior may lie, 0.1..8 standard deviations. Numbers beyond that are
        /// redrawn, so extremes never come up (Brock et al. 2019). 0 for no limit. Like the temperature, it decides which sprite
        /// a seed gives.
        /// </summary>
        public float Truncation { get; set; }

        internal GeneratorOptions Copy() => (GeneratorOptions)MemberwiseClone();
    }
}
