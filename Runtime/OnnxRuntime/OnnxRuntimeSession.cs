using System.Collections.Generic;
using Microsoft.ML.OnnxRuntime;

namespace VaeContent.Internal
{
    /// <summary>The one door to ONNX Runtime: a session on a device, and the runs bound to it. One thread at a time.</summary>
    internal sealed class OnnxRuntimeSession : ModelSession
    {
        // What goes wrong is thrown; the log would say it again on the console.
        private const OrtLoggingLevel Silent = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;

        private static readonly object EnvironmentGate = new object();

        private readonly InferenceSession _session;
        private readonly RunOptions _runOptions;
        private readonly List<OnnxRuntimeRun> _runs = new List<OnnxRuntimeRun>();

        internal OnnxRuntimeSession(byte[] model, GeneratorOptions options, OnnxRuntimeDevice device) : base(device)
        {
            try
            {
                using var settings = Settings(options.Threads);
                device.Configure(settings, options.DeviceIndex);
                _session = new InferenceSession(model, settings);
                _runOptions = new RunOptions { LogSeverityLevel = Silent };
            }
            catch (OnnxRuntimeException e)
            {
                throw Failure(e);
            }
        }

        internal override BoundRun NewRun()
        {
            var run = new OnnxRuntimeRun(_session, _runOptions, copiesInputs: Device.Kind != VaeContent.Device.Cpu);
            _runs.Add(run);
            return run;
        }

        internal override void Stop() => _runOptions.Terminate = true;

        public override void Dispose()
        {
            foreach (var run in _runs) run.Dispose();
            _runs.Clear();
            _runOptions.Dispose();
            _session.Dispose();
        }

        internal static EngineException Failure(OnnxRuntimeException e) => new EngineException("ONNX Runtime", e.Message, e);

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
