using System;
using System.Threading;
using System.Threading.Tasks;

namespace VaeContent
{
    public sealed partial class SpriteGenerator
    {
        /// <summary>
        /// Constructs a generator on a thread of the pool: starting a GPU can take seconds, which no frame should wait for.
        /// <paramref name="progress"/> gets 0 to 1 on that thread, again from 0 if a device fails and the next is tried. The task
        /// fails as the constructor throws, and with OperationCanceledException after <paramref name="cancellation"/>. Use the
        /// constructor where there are no threads, as in Unity's WebGL builds.
        /// </summary>
        public static Task<SpriteGenerator> WarmUpAsync(VaeBundle bundle, GeneratorOptions? options = null,
            IProgress<float>? progress = null,
            CancellationToken cancellation = default)
        {
            if (bundle == null) throw new ArgumentNullException(nameof(bundle));
            var copy = options?.Copy() ?? new GeneratorOptions();
            void Done(float share)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(share);
            }

            return Task.Run(() => new SpriteGenerator(bundle, copy, Done), cancellation);
        }
    }
}
