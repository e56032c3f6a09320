using System;
using System.Collections.Generic;
using System.Text;
using Microsoft.ML.OnnxRuntime;

namespace VaeContent.Internal
{
    /// <summary>
    /// Starts something on the device that was asked for, or on the best that works, and says which and why. A device has failed
    /// where sessions, buffers or first runs fail: a session alone that could be made proves little.
    /// </summary>
    internal sealed class DeviceChoice
    {
        private const int MostThreads = 256, MostBatch = 4096, MostIndex = 63;
        private const string NotOffered = "not in this ONNX Runtime";

        private readonly string _bundle;
        private readonly GeneratorOptions _options;
        private readonly IReadOnlyList<ComputeDevice> _accelerators;

        /// <summary>
        /// <paramref name="bundle"/> is named in messages. Throws ArgumentOutOfRangeException for options out of range.
        /// </summary>
        internal DeviceChoice(string bundle, GeneratorOptions options, IReadOnlyList<ComputeDevice>? accelerators = null)
        {
            _bundle = bundle;
            _options = options;
            _accelerators = accelerators ?? ComputeDevice.Accelerators;
            if (options.Device < Device.Auto || options.Device > Device.CoreML) throw Errors.UnknownDevice(options.Device);
            Check(nameof(options.Threads), options.Threads, 1, MostThreads);
            Check(nameof(options.BatchSize), options.BatchSize, 1, MostBatch);
            Check(nameof(options.DeviceIndex), options.DeviceIndex, 0, MostIndex);
        }

        /// <summary>What was started on, and why, for a log; empty before.</summary>
        internal string Report { get; private set; } = "";

        /// <summary>
        /// Throws VaeBundleException where the device cannot be had or the model does not run, DllNotFoundException without ONNX
        /// Runtime.
        /// </summary>
        internal T Start<T>(Func<ComputeDevice, T> start) =>
            Guarded(library => Choose(start, library.GetAvailableProviders(), library.GetVersionString()));

        /// <summary>
        /// Starts on the CPU what runs there whatever the choice; the report does not mention it. Throws as above.
        /// </summary>
        internal T StartOnCpu<T>(Func<ComputeDevice, T> start) => Guarded(_ => start(ComputeDevice.Cpu));

        /// <summary>Starts on the CPU what <paramref name="lost"/> no longer runs. Throws as above.</summary>
        internal T Restart<T>(Func<ComputeDevice, T> start, ComputeDevice lost, Exception cause) => Guarded(library =>
        {
            var started = start(ComputeDevice.Cpu);
            Report = Describe(ComputeDevice.Cpu, library.GetVersionString()) + ", as " + lost.Name + " failed while running: "
                + Errors.Reason(cause);
            return started;
        });

        private T Guarded<T>(Func<OrtEnv, T> start)
        {
            try
            {
                return start(ModelSession.Environment());
            }
            catch (OnnxRuntimeException e)
            {
                throw Errors.Session(_bundle, e);
            }
            catch (Exception e) when (IsMissingLibrary(e))
            {
                throw Errors.NoNativeLibrary(e);
            }
        }

        private T Choose<T>(Func<ComputeDevice, T> start, string[] offered, string version)
        {
            var failed = new StringBuilder();
            string missing = "";
            foreach (var device in _accelerators)
            {
                if (_options.Device != Device.Auto && _options.Device != device.Kind) continue;
                bool isOffered = Array.IndexOf(offered, device.Provider) >= 0;
                string problem = !isOffered ? NotOffered : "it finds its adapter itself, so DeviceIndex has to be 0";
                if (isOffered && (device.TakesIndex || _options.DeviceIndex == 0))
                {
                    try
                    {
                        var started = start(device);
                        Report = Describe(device, version) + Reasons(failed.ToString(), missing);
                        return started;
                    }
                    catch (Exception e) when (e is OnnxRuntimeException || e is NotSupportedException || IsMissingLibrary(e))
                    {
                        problem = Errors.Reason(e);
                    }
                }

                if (_options.Device == device.Kind) throw Errors.NoDevice(_bundle, device, problem, version, offered);
                if (isOffered) failed.Append("; no ").Append(device.Name).Append(": ").Append(problem);
                else missing += (missing.Length == 0 ? "" : ", ") + device.Name;
            }

            var onCpu = start(ComputeDevice.Cpu);
            Report = Describe(ComputeDevice.Cpu, version) + Reasons(failed.ToString(), missing);
            return onCpu;
        }

        private string Describe(ComputeDevice device, string version)
        {
            string index = device.Kind != Device.Cpu && device.TakesIndex ? " device " + _options.DeviceIndex : "";
            string threads = device.Kind == Device.Cpu ? ", " + _options.Threads
                + (_options.Threads == 1 ? " thread" : " threads") : "";
            string library = device.Kind == Device.DirectML ? DirectMLLibrary.Describe() : "";
            return device.Name + index + " (ONNX Runtime " + version + library + threads + ")";
        }

        private string Reasons(string failed, string missing)
        {
            if (_options.Device != Device.Auto) return ", as asked";
            return failed + (missing.Length > 0 ? "; " + NotOffered + ": " + missing : "");
        }

        private static void Check(string option, int value, int least, int most)
        {
            if (value < least || value > most) throw Errors.Option(option, value, least, most);
        }

        private static bool IsMissingLibrary(Exception e) => e is DllNotFoundException || e is EntryPointNotFoundException
            || e is BadImageFormatException || e is TypeInitializationException;
    }
}
