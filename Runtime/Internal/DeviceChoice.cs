using System;
using System.Collections.Generic;
using System.Text;

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
        private readonly IReadOnlyList<ComputeDevice>? _accelerators;
        private readonly Engine? _engine; // null where there is none, and where it is not asked for
        private readonly string _missing = "";

        /// <summary>
        /// <paramref name="bundle"/> is named in messages. Throws ArgumentOutOfRangeException for options out of range, and
        /// DllNotFoundException where the device asked for needs ONNX Runtime and that is missing.
        /// </summary>
        internal DeviceChoice(string bundle, GeneratorOptions options, IReadOnlyList<ComputeDevice>? accelerators = null)
        {
            _bundle = bundle;
            _options = options;
            if (options.Device < Device.Auto || options.Device > Device.Managed) throw Errors.UnknownDevice(options.Device);
            Check(nameof(options.Threads), options.Threads, 1, MostThreads);
            Check(nameof(options.BatchSize), options.BatchSize, 1, MostBatch);
            Check(nameof(options.DeviceIndex), options.DeviceIndex, 0, MostIndex);
            if (options.Device == Device.Managed) return;
            try
            {
                _engine = Engines.OnnxRuntime;
                if (_engine == null) _missing = Engines.WhereOnnxRuntimeIs;
                else _engine.Version();
            }
            catch (Exception e) when (IsMissingLibrary(e))
            {
                if (options.Device != Device.Auto) throw Errors.NoNativeLibrary(e);
                _engine = null;
                _missing = "its native library was not found or does not fit: " + Errors.Reason(e);
            }

            if (_engine == null && options.Device != Device.Auto) throw Errors.NoEngine(options.Device, _missing);
            _accelerators = accelerators ?? _engine?.Accelerators;
        }

        /// <summary>What was started on, and why, for a log; empty before.</summary>
        internal string Report { get; private set; } = "";

        private ComputeDevice Cpu => _engine == null ? ManagedDevice.Instance : _engine.Cpu;

        /// <summary>Throws VaeBundleException where the device is not available or the model does not run.</summary>
        internal T Start<T>(Func<ComputeDevice, T> start) => Guarded(() => Choose(start));

        /// <summary>
        /// Starts on the CPU what runs there whatever the choice; the report does not mention it. Throws as above.
        /// </summary>
        internal T StartOnCpu<T>(Func<ComputeDevice, T> start) => Guarded(() => start(Cpu));

        /// <summary>Starts on the CPU what <paramref name="lost"/> no longer runs. Throws as above.</summary>
        internal T Restart<T>(Func<ComputeDevice, T> start, ComputeDevice lost, Exception cause) => Guarded(() =>
        {
            var started = start(Cpu);
            Report = Cpu.Describe(_options) + ", as " + lost.Name + " failed while running: " + Errors.Reason(cause);
            return started;
        });

        private T Guarded<T>(Func<T> start)
        {
            try
            {
                return start();
            }
            catch (EngineException e)
            {
                throw Errors.Session(_bundle, e);
            }
            catch (Exception e) when (IsMissingLibrary(e))
            {
                throw Errors.NoNativeLibrary(e);
            }
        }

        private T Choose<T>(Func<ComputeDevice, T> start)
        {
            var failed = new StringBuilder();
            string absent = "";
            foreach (var device in _engine == null ? Array.Empty<ComputeDevice>() : _accelerators!)
            {
                if (_options.Device != Device.Auto && _options.Device != device.Kind) continue;
                bool isOffered = device.IsOffered;
                string problem = !isOffered ? NotOffered : "it finds its adapter itself, so DeviceIndex has to be 0";
                if (isOffered && (device.TakesIndex || _options.DeviceIndex == 0))
                {
                    try
                    {
                        var started = start(device);
                        Report = device.Describe(_options) + Reasons(failed.ToString(), absent);
                        return started;
                    }
                    catch (Exception e) when (e is EngineException || e is NotSupportedException || IsMissingLibrary(e))
                    {
                        problem = Errors.Reason(e);
                    }
                }

                if (_options.Device == device.Kind) throw Errors.NoDevice(_bundle, device, problem, _engine!);
                if (isOffered) failed.Append("; no ").Append(device.Name).Append(": ").Append(problem);
                else absent += (absent.Length == 0 ? "" : ", ") + device.Name;
            }

            var onCpu = start(Cpu);
            Report = Cpu.Describe(_options) + Reasons(failed.ToString(), absent);
            return onCpu;
        }

        private string Reasons(string failed, string absent)
        {
            if (_options.Device != Device.Auto) return ", as asked";
            if (_engine == null) return "; no ONNX Runtime: " + _missing;
            return failed + (absent.Length > 0 ? "; " + NotOffered + ": " + absent : "");
        }

        private static void Check(string option, int value, int least, int most)
        {
            if (value < least || value > most) throw Errors.Option(option, value, least, most);
        }

        private static bool IsMissingLibrary(Exception e) => e is DllNotFoundException || e is EntryPointNotFoundException
            || e is BadImageFormatException || e is TypeInitializationException;
    }
}
