namespace VaeContent.Internal
{
    /// <summary>A part of the graph that runs at once.</summary>
    internal enum Pass
    {
        /// <summary>Latents to pixels.</summary>
        Decode,

        /// <summary>What <see cref="Lane.Draw"/> left to pixels; with a network prior to latents too.</summary>
        Generate,

        /// <summary>What <see cref="Lane.Draw"/> left to latents beside; network priors only.</summary>
        Sample,
    }
}
