using System;
using System.Collections.Generic;
using Microsoft.ML.OnnxRuntime;

namespace VaeContent.Internal
{
    /// <summary>
    /// One way to run a session: managed buffers of fixed shapes, pinned and bound once, so that a run allocates nothing. The
    /// buffers are ordinary arrays: spans of them stay valid memory even after Dispose. On the CPU, that is: other devices are
    /// handed the inputs anew.
    /// </summary>
    internal sealed class BoundRun : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly RunOptions _options;
        private readonly OrtIoBinding _binding;
        private readonly bool _copiesInputs;
        private readonly List<OrtValue> _values = new List<OrtValue>();
        private readonly List<string> _inputNames = new List<string>();
        private readonly List<OrtValue> _inputs = new List<OrtValue>();

        /// <summary>
        /// <paramref name="copiesInputs"/>: the device has memory of its own, into which ONNX Runtime copies an input when it is
        /// bound, and not again.
        /// </summary>
        internal BoundRun(InferenceSession session, RunOptions options, bool copiesInputs)
        {
            _session = session;
            _options = options;
            _copiesInputs = copiesInputs;
            _binding = session.CreateIoBinding();
        }

        internal T[] Input<T>(string name, params long[] shape) where T : unmanaged
        {
            var buffer = NewBuffer<T>(shape);
            Input(name, buffer, shape);
            return buffer;
        }

        internal void Input<T>(string name, T[] buffer, long[] shape) where T : unmanaged
        {
            var value = Pin(buffer, shape);
            _binding.BindInput(name, value);
            _inputNames.Add(name);
            _inputs.Add(value);
        }

        internal T[] Output<T>(string name, params long[] shape) where T : unmanaged
        {
            var buffer = NewBuffer<T>(shape);
            Output(name, buffer, shape);
            return buffer;
        }

        internal void Output<T>(string name, T[] buffer, long[] shape) where T : unmanaged =>
            _binding.BindOutput(name, Pin(buffer, shape));

        internal void Run()
        {
            // The binding makes a C string of each name: 32 bytes of garbage an input.
            for (int i = 0; _copiesInputs && i < _inputs.Count; i++) _binding.BindInput(_inputNames[i], _inputs[i]);
            _session.RunWithBinding(_options, _binding);
            GC.KeepAlive(this); // else a finaliser could free the session in the middle of the run
        }

        public void Dispose()
        {
            // In this order: a binding that still holds a freed value crashes.
            _binding.ClearBoundInputs();
            _binding.ClearBoundOutputs();
            foreach (var value in _values) value.Dispose();
            _values.Clear();
            _binding.Dispose();
        }

        internal static T[] NewBuffer<T>(params long[] shape) where T : unmanaged
        {
            long length = 1;
            foreach (long size in shape) length = checked(length * size);
            return new T[length];
        }

        private OrtValue Pin<T>(T[] buffer, long[] shape) where T : unmanaged
        {
            var value = OrtValue.CreateTensorValueFromMemory(buffer, shape);
            _values.Add(value);
            return value;
        }
    }
}
