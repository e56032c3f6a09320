using System;

namespace VaeContent.Internal
{
    /// <summary>The sessions of one bundle on one device. All are freed together.</summary>
    internal sealed class DecoderSessions : IDisposable
    {
        internal DecoderSessions(VaeBundle bundle, GeneratorOptions options, ComputeDevice device)
        {
            Device = device;
            try
            {
                Decoder = new ModelSession(bundle.Cut?.Decoder() ?? bundle.Bytes, options, device);
                if (bundle.Cut == null) return;
                Whole = new ModelSession(bundle.Bytes, options, device);
                Prior = new ModelSession(bundle.Cut.Prior(), options, device);
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        internal ComputeDevice Device { get; }

        /// <summary>Latent to pixels.</summary>
        internal ModelSession Decoder { get; } = null!;

        /// <summary>Noise to latent and pixels in one run: network priors only.</summary>
        internal ModelSession? Whole { get; }

        /// <summary>Noise to latent: network priors only.</summary>
        internal ModelSession? Prior { get; }

        internal void Stop()
        {
            Decoder.Stop();
            Whole?.Stop();
            Prior?.Stop();
        }

        public void Dispose()
        {
            Decoder?.Dispose();
            Whole?.Dispose();
            Prior?.Dispose();
        }
    }
}
