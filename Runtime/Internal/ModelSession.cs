using System;
using System.Collections.Generic;
using Microsoft.ML.OnnxRuntime;

namespace VaeContent.Internal
{
    /// <summary>The one door to ONNX Runtime: a session on a device, and the runs bound to it. One thread at a time.</summary>
    internal sealed class ModelSession : IDisposable
    {
        // What goes wrong is thrown; the log would say it again on the console.
        private const OrtLoggingLevel Silent = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;

        private static readonly object EnvironmentGate = new object();

        private readonly InferenceSession _session;
        private readonly RunOptions _runOptions;
        private readonly List<BoundRun> _runs = new List<BoundRun>();

        /// <summary>
        /// Starts a session. Throws what ONNX Runtime and the loader throw: <see cref="DeviceChoice"/> makes messages of it.
        /// </summary>
        internal ModelSession(byte[] model, GeneratorOptions options, ComputeDevice device)
        {
            using var settings = Settings(options.Threads);
            device.Configure(settings, options.DeviceIndex);
            Device = device;
            _session = new InferenceSession(model, settings);
            _runOptions = new RunOptions { LogSeverityLevel = Silent };
        }

        internal ComputeDevice Device { get; }

        /// <summary>A run over fresh buffers; bind them, then <see cref="BoundRun.Run"/>. Disposed with the session.</summary>
        internal BoundRun NewRun()
        {
            var run = new BoundRun(_session, _runOptions, copiesInputs: Device.Kind != VaeContent.Device.Cpu);
            _runs.Add(run);
            return run;
        }

        /// <summary>
        /// Makes the run under way, and all later ones, throw OnnxRuntimeException. From any thread, before Dispose.
        /// </summary>
        internal void Stop() => _runOptions.Terminate = true;

        public void Dispose()
        {
            foreach (var run in _runs) run.Dispose();
            _runs.Clear();
            _runOptions.Dispose();
            _session.Dispose();
        }

        internal static OrtEnv Environment()
        {
            lock (EnvironmentGate)
            {
                if (OrtEnv.IsCreated) return OrtEnv.Instance();
                var options = new EnvironmentCreationOptions
                {
                    logId = "VaeContent",
                    logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
                };

                return OrtEnv.CreateInstanceWithOptions(ref options);
            }
        }

        private static SessionOptions Settings(int threads)
        {
            var settings = new SessionOptions
            {
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                InterOpNumThreads = 1,
                IntraOpNumThreads = threads,
                LogSeverityLevel = Silent,
            };

            // Waiting threads must not burn the cores that the game needs between calls.
            settings.AddSessionConfigEntry("session.intra_op.allow_spinning", threads == 1 ? "0" : "1");
            settings.AddSessionConfigEntry("session.force_spinning_stop", "1");
            return settings;
        }
    }
}
