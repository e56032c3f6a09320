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
            var buffer = NewBuffer<T>(shape);
            Input(name, buffer, shape);
            return buffer;
        }

        internal void Input<T>(string name, T[] buffer, long[] shape) where T : unmanaged => _binding.BindInput(name, Pin(buffer, shape));

        internal T[] Output<T>(string name, params long[] shape) where T : unmanaged
        {
            var buffer = NewBuffer<T>(shape);
            Output(name, buffer, shape);
            return buffer;
        }

        internal void Output<T>(string name, T[] buffer, long[] shape) where T : unmanaged => _binding.BindOutput(name, Pin(buffer, shape));

        internal void Run()
        {
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
