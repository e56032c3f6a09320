using System;
using System.Collections.Generic;
using Microsoft.ML.OnnxRuntime;

namespace VaeContent.Internal
{
    /// <summary>
    /// One way to run a session: managed buffers of fixed shapes, pinned and bound once, so that a run allocates nothing. The buffers
    /// are ordinary arrays: spans of them stay valid memory even after Dispose.
    /// </summary>
    internal sealed class BoundRun : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly RunOptions _options;
        private readonly OrtIoBinding _binding;
        private readonly List<OrtValue> _values = new List<OrtValue>();

        internal BoundRun(InferenceSession session, RunOptions options)
        {
            _session = session;
            _options = options;
            _binding = session.CreateIoBinding();
        }

        internal T[] Input<T>(string name, params long[] shape) where T : unmanaged
        {
            var buffer = Buffer<T>(shape, out var value);
            _binding.BindInput(name, value);
            return buffer;
        }

        internal T[] Output<T>(string name, params long[] shape) where T : unmanaged
        {
            var buffer = Buffer<T>(shape, out var value);
            _binding.BindOutput(name, value);
            return buffer;
        }

        internal void Run() => _session.RunWithBinding(_options, _binding);

        public void Dispose()
        {
            // In this order: a binding that still holds a freed value crashes.
            _binding.ClearBoundInputs();
            _binding.ClearBoundOutputs();
            foreach (var value in _values) value.Dispose();
            _values.Clear();
            _binding.Dispose();
        }

        private T[] Buffer<T>(long[] shape, out OrtValue value) where T : unmanaged
        {
            long length = 1;
            foreach (long size in shape) length = checked(length * size);
            var buffer = new T[length];
            value = OrtValue.CreateTensorValueFromMemory(buffer, shape);
            _values.Add(value);
            return buffer;
        }
    }
}
