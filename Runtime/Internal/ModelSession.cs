using System;
using System.Collections.Generic;
using Microsoft.ML.OnnxRuntime;

namespace VaeContent.Internal
{
    /// <summary>The one door to ONNX Runtime: a session on the chosen device, and the runs bound to it. One thread at a time.</summary>
    internal sealed class ModelSession : IDisposable
    {
        private const int MostThreads = 256, MostBatch = 4096;

        // What goes wrong is thrown; the log would say it again on the console.
        private const OrtLoggingLevel Silent = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;

        private static readonly object EnvironmentGate = new object();

        private readonly string _name;
        private readonly InferenceSession _session;
        private readonly RunOptions _runOptions;
        private readonly List<BoundRun> _runs = new List<BoundRun>();

        /// <summary>Starts a session. Throws VaeBundleException where the device is missing or ONNX Runtime refuses the model.</summary>
        internal ModelSession(string name, byte[] model, GeneratorOptions options)
        {
            _name = name;
            if (options.Threads < 1 || options.Threads > MostThreads) throw Errors.Option(nameof(options.Threads), options.Threads, MostThreads);
            if (options.BatchSize < 1 || options.BatchSize > MostBatch) throw Errors.Option(nameof(options.BatchSize), options.BatchSize, MostBatch);
            if (options.Device == Device.DirectML) throw Errors.NoDirectML(name);
            try
            {
                string version = Environment().GetVersionString();
                DeviceReport = "CPU (ONNX Runtime " + version + ", " + options.Threads + (options.Threads == 1 ? " thread)" : " threads)")
                    + (options.Device == Device.Cpu ? ", as asked" : ", chosen because com.vaecontent.directml is not installed");
                _runOptions = new RunOptions { LogSeverityLevel = Silent };
                using var settings = Settings(options.Threads);
                _session = new InferenceSession(model, settings);
            }
            catch (OnnxRuntimeException e)
            {
                throw Errors.Session(name, e);
            }
            catch (Exception e) when (e is DllNotFoundException || e is EntryPointNotFoundException || e is BadImageFormatException
                || e is TypeInitializationException)
            {
                throw Errors.NoNativeLibrary(e);
            }
        }

        internal string DeviceReport { get; }

        /// <summary>A run over fresh buffers; bind them, then <see cref="BoundRun.Run"/>. Disposed with the session.</summary>
        internal BoundRun NewRun()
        {
            var run = new BoundRun(_session, _runOptions);
            _runs.Add(run);
            return run;
        }

        /// <summary>Does what binds and warms up; ONNX Runtime's complaints become VaeBundleExceptions.</summary>
        internal void Prepare(Action bindAndRun)
        {
            try
            {
                bindAndRun();
            }
            catch (OnnxRuntimeException e)
            {
                throw Errors.Session(_name, e);
            }
        }

        public void Dispose()
        {
            foreach (var run in _runs) run.Dispose();
            _runs.Clear();
            _runOptions.Dispose();
            _session.Dispose();
        }

        private static OrtEnv Environment()
        {
            lock (EnvironmentGate)
            {
                if (OrtEnv.IsCreated) return OrtEnv.Instance();
                var options = new EnvironmentCreationOptions { logId = "VaeContent", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
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
