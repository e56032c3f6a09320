using System;
using System.Collections.Generic;

namespace VaeContent.Internal
{
    /// <summary>
    /// Batches of several sizes over two sessions: the decoder's on one device, with Device.Auto on the CPU once that device is
    /// lost, and a network prior's, always on the CPU, by the same engine.
    /// </summary>
    internal sealed class DecoderEngine : IDisposable
    {
        private const int MostBytes = 16 << 20; // large sprites go in smaller batches

        // Sprites of 32x32 whose layers a core's cache holds: 16 at once take 0.29 ms each, 256 take 0.57 ms.
        private const int MostPerThread = 16;

        // In C# a sprite's time hardly depends on how many there are; the memory does.
        private const int MostManaged = 4;

        private readonly VaeBundle _bundle;
        private readonly GeneratorOptions _options;
        private readonly DeviceChoice _choice;
        private readonly Batch[] _batches; // smallest first: 1, 4, 16, ... sprites, then as many as the options say
        private readonly ModelSession? _prior;
        private readonly object _gate = new object(); // of Decoder, for Stop
        private volatile bool _isStopped;

        /// <summary>
        /// Starts everything and runs it once. <paramref name="done"/> gets 0 to 1, again from 0 where a device fails. Throws as
        /// <see cref="DeviceChoice.Start"/>.
        /// </summary>
        internal DecoderEngine(VaeBundle bundle, GeneratorOptions options, Action<float>? done = null,
            IReadOnlyList<ComputeDevice>? accelerators = null)
        {
            Prior.CheckTruncation(options.Truncation);
            _bundle = bundle;
            _options = options;
            _choice = new DeviceChoice(bundle.Name, options, accelerators);
            int fitting = Math.Min(options.BatchSize, MostBytes / (bundle.Width * bundle.Height * 4));
            int most = bundle.MostAtOnce(fitting, onCpu: false);
            var batches = new List<Batch>();
            for (int size = 1; size < most; size *= 4) batches.Add(new Batch(bundle, size, options.Truncation));
            batches.Add(new Batch(bundle, most, options.Truncation));
            _batches = batches.ToArray();
            Probe = new Batch(bundle, 1, options.Truncation);
            if (bundle.PriorNetwork != null) _prior = _choice.StartOnCpu(NewPrior);
            try
            {
                Decoder = _choice.Start(device => NewDecoder(device, done));
            }
            catch
            {
                _prior?.Dispose();
                throw;
            }
        }

        /// <summary>The batch of one sprite.</summary>
        internal Batch Single => _batches[0];

        /// <summary>Another one, for latents whose pixels nobody is shown.</summary>
        internal Batch Probe { get; }

        /// <summary>
        /// How many sprites <see cref="BatchFor"/> takes at once at most: what runs fastest. Changes where the CPU stands in.
        /// </summary>
        internal int BatchSize => MostAtOnce(Decoder.Device);

        internal ModelSession Decoder { get; private set; }

        internal string Report => _choice.Report;

        // A remainder goes through ever smaller batches: at most three runs of each, and no sprite is decoded for nothing.
        internal Batch BatchFor(int remaining)
        {
            int i = _batches.Length - 1, most = Math.Min(remaining, BatchSize);
            while (_batches[i].Count > most) i--;
            return _batches[i];
        }

        /// <summary>
        /// From what was drawn to latents and pixels; seeds that would draw nothing are redrawn. Throws as <see
        /// cref="Decode"/>.
        /// </summary>
        internal void Generate(Batch batch)
        {
            do
            {
                Sample(batch);
                batch.Sampled.CopyTo(batch.Latents, 0);
                Decode(batch);
            }
            while (batch.RedrawBlank());
        }

        /// <summary>
        /// From what was drawn to <see cref="Batch.Sampled"/>. Throws VaeBundleException where the engine fails.
        /// </summary>
        internal void Sample(Batch batch)
        {
            while (!SampleStep(batch))
            {
            }
        }

        /// <summary>
        /// From latents to pixels. Throws VaeBundleException where the engine fails and the CPU cannot stand in.
        /// </summary>
        internal void Decode(Batch batch)
        {
            while (!DecodeStep(batch))
            {
            }
        }

        /// <summary>A piece of <see cref="Sample"/>; true once it is done.</summary>
        internal bool SampleStep(Batch batch)
        {
            try
            {
                return batch.SampleStep();
            }
            catch (EngineException e)
            {
                throw Errors.Session(_bundle.Name, e);
            }
        }

        /// <summary>A piece of <see cref="Decode"/>; true once it is done.</summary>
        internal bool DecodeStep(Batch batch)
        {
            try
            {
                return batch.DecodeStep();
            }
            catch (EngineException e) when (_options.Device == Device.Auto && !Decoder.Device.IsCpu && !_isStopped)
            {
                MoveToCpu(e);
                return false; // and starts again there
            }
            catch (EngineException e)
            {
                throw Errors.Session(_bundle.Name, e);
            }
        }

        /// <summary>Makes the run under way, and all later ones, fail. From any thread.</summary>
        internal void Stop()
        {
            lock (_gate)
            {
                _isStopped = true;
                Decoder.Stop();
                _prior?.Stop();
            }
        }

        public void Dispose()
        {
            Decoder.Dispose();
            _prior?.Dispose();
        }

        private int MostAtOnce(ComputeDevice device)
        {
            int largest = _batches[_batches.Length - 1].Count;
            if (device.Kind == Device.Managed) return _bundle.MostAtOnce(Math.Min(largest, MostManaged), onCpu: true);
            if (!device.IsCpu) return largest;
            return _bundle.MostAtOnce(Math.Min(largest, MostPerThread * _options.Threads), onCpu: true);
        }

        private ModelSession NewPrior(ComputeDevice device) => NewSession(_bundle.PriorNetwork!.Bytes, device, session =>
        {
            foreach (var batch in _batches) batch.BindPrior(session);
            Probe.BindPrior(session);
        });

        private ModelSession NewDecoder(ComputeDevice device, Action<float>? done)
        {
            done?.Invoke(0f);
            return NewSession(_bundle.Bytes, device, session =>
            {
                for (int i = _batches.Length - 1; i >= 0; i--) // the largest first: it takes the memory
                {
                    done?.Invoke((_batches.Length - i) / (_batches.Length + 1f));
                    _batches[i].BindDecoder(session);
                    if (_batches[i].Count > MostAtOnce(device)) continue;
                    Sample(_batches[i]); // graphs are compiled and memory is taken now
                    _batches[i].Decode();
                }

                Probe.BindDecoder(session);
                done?.Invoke(1f);
            });
        }

        // Without a first run: the buffers hold what is to be run again.
        private void MoveToCpu(Exception cause)
        {
            var lost = Decoder;
            var decoder = _choice.Restart(device => NewSession(_bundle.Bytes, device, session =>
            {
                foreach (var batch in _batches) batch.BindDecoder(session);
                Probe.BindDecoder(session);
            }), lost.Device, cause);
            lock (_gate)
            {
                Decoder = decoder;
                if (_isStopped) decoder.Stop();
            }

            lost.Dispose();
        }

        private ModelSession NewSession(byte[] model, ComputeDevice device, Action<ModelSession> prepare)
        {
            var session = device.Start(model, _options);
            try
            {
                prepare(session);
                return session;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
    }
}
