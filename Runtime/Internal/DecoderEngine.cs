using System;
using System.Collections.Generic;
using Microsoft.ML.OnnxRuntime;

namespace VaeContent.Internal
{
    /// <summary>Lanes of several sizes over the sessions of one device; with Device.Auto over the CPU's once that device is lost.</summary>
    internal sealed class DecoderEngine : IDisposable
    {
        private const int MostBytes = 64 << 20; // large sprites go in smaller batches

        // Sprites of 32x32 whose layers a core's cache holds: 16 at once take 0.29 ms each, 256 take 0.57 ms.
        private const int MostPerThread = 16;

        private readonly VaeBundle _bundle;
        private readonly GeneratorOptions _options;
        private readonly DeviceChoice _choice;
        private readonly Lane[] _lanes; // smallest first: 1, 4, 16, ... sprites, then a full batch
        private readonly object _gate = new object(); // of Sessions, for Stop
        private volatile bool _isStopped;

        /// <summary>Starts everything and runs it once. <paramref name="done"/> hears 0 to 1, again from 0 where a device fails. Throws as <see cref="DeviceChoice.Start"/>.</summary>
        internal DecoderEngine(VaeBundle bundle, GeneratorOptions options, Action<float>? done = null, IReadOnlyList<ComputeDevice>? accelerators = null)
        {
            Prior.CheckTruncation(options.Truncation);
            _bundle = bundle;
            _options = options;
            _choice = new DeviceChoice(bundle.Name, options, accelerators);
            int batch = Math.Max(1, Math.Min(options.BatchSize, MostBytes / (bundle.Width * bundle.Height * 4)));
            var lanes = new List<Lane>();
            for (int size = 1; size < batch; size *= 4) lanes.Add(new Lane(bundle, size, options.Truncation));
            lanes.Add(new Lane(bundle, batch, options.Truncation));
            _lanes = lanes.ToArray();
            Sessions = _choice.Start(device => NewSessions(device, done));
        }

        /// <summary>The lane of one sprite.</summary>
        internal Lane Single => _lanes[0];

        /// <summary>How many sprites <see cref="LaneFor"/> takes at once at most: what runs fastest. Changes where the CPU stands in.</summary>
        internal int BatchSize => MostAtOnce(Sessions.Device);

        internal DecoderSessions Sessions { get; private set; }

        internal string Report => _choice.Report;

        // A remainder goes through ever smaller lanes: at most three runs of each, and no sprite is decoded for nothing.
        internal Lane LaneFor(int remaining)
        {
            int i = _lanes.Length - 1, most = Math.Min(remaining, BatchSize);
            while (_lanes[i].Count > most) i--;
            return _lanes[i];
        }

        /// <summary>Runs a lane. Throws VaeBundleException where ONNX Runtime fails and the CPU cannot stand in.</summary>
        internal void Run(Lane lane, Pass pass)
        {
            try
            {
                lane.Run(pass);
            }
            catch (OnnxRuntimeException e) when (_options.Device == Device.Auto && Sessions.Device.Kind != Device.Cpu && !_isStopped)
            {
                MoveToCpu(e);
                Run(lane, pass);
            }
            catch (OnnxRuntimeException e)
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
                Sessions.Stop();
            }
        }

        public void Dispose() => Sessions.Dispose();

        private int MostAtOnce(ComputeDevice device)
        {
            int largest = _lanes[_lanes.Length - 1].Count;
            return device.Kind == Device.Cpu ? Math.Min(largest, MostPerThread * _options.Threads) : largest;
        }

        private DecoderSessions NewSessions(ComputeDevice device, Action<float>? done)
        {
            done?.Invoke(0f);
            var sessions = new DecoderSessions(_bundle, _options, device);
            try
            {
                for (int i = 0; i < _lanes.Length; i++)
                {
                    done?.Invoke((i + 1f) / (_lanes.Length + 1));
                    _lanes[i].Bind(sessions);
                    if (_lanes[i].Count <= MostAtOnce(device)) _lanes[i].WarmUp();
                }

                done?.Invoke(1f);
                return sessions;
            }
            catch
            {
                sessions.Dispose();
                throw;
            }
        }

        // Without warming up: the buffers hold what is to be run again.
        private void MoveToCpu(Exception cause)
        {
            var lost = Sessions;
            var sessions = _choice.Restart(device => new DecoderSessions(_bundle, _options, device), lost.Device, cause);
            foreach (var lane in _lanes) lane.Bind(sessions);
            lock (_gate)
            {
                Sessions = sessions;
                if (_isStopped) sessions.Stop();
            }

            lost.Dispose();
        }
    }
}
