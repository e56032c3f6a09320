using System;
using System.Collections.Generic;
using Microsoft.ML.OnnxRuntime;

namespace VaeContent.Internal
{
    /// <summary>
    /// A run of ONNX Runtime over pinned buffers. On the CPU it reads and writes them themselves: other devices are handed the
    /// inputs again.
    /// </summary>
    internal sealed class OnnxRuntimeRun : BoundRun, IDisposable
    {
        private readonly InferenceSession _session;
        private readonly RunOptions _options;
        private readonly OrtIoBinding _binding;
        private readonly bool _copiesInputs;
        private readonly List<OrtValue> _values = new List<OrtValue>();
        private readonly List<string> _inputNames = new List<string>();
        private readonly List<OrtValue> _inputs = new List<OrtValue>();

        /// <summary>
        /// <paramref name="copiesInputs"/>: the device has its own memory, into which ONNX Runtime copies an input when it is
        /// bound, and not again.
        /// </summary>
        internal OnnxRuntimeRun(InferenceSession session, RunOptions options, bool copiesInputs)
        {
            _session = session;
            _options = options;
            _copiesInputs = copiesInputs;
            _binding = session.CreateIoBinding();
        }

        internal override void Input(string name, float[] buffer, long[] shape) => Input(name, Pin(buffer, shape));

        internal override void Input(string name, byte[] buffer, long[] shape) => Input(name, Pin(buffer, shape));

        internal override void Output(string name, float[] buffer, long[] shape) => Output(name, Pin(buffer, shape));

        internal override void Output(string name, byte[] buffer, long[] shape) => Output(name, Pin(buffer, shape));

        internal override bool Step()
        {
            try
            {
                // The binding makes a C string of each name: 32 bytes of garbage an input.
                for (int i = 0; _copiesInputs && i < _inputs.Count; i++) _binding.BindInput(_inputNames[i], _inputs[i]);
                _session.RunWithBinding(_options, _binding);
            }
            catch (OnnxRuntimeException e)
            {
                throw OnnxRuntimeSession.Failure(e);
            }

            GC.KeepAlive(this); // else a finaliser could free the session in the middle of the run
            return true;
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

        private void Input(string name, OrtValue value)
        {
            try
            {
                _binding.BindInput(name, value);
            }
            catch (OnnxRuntimeException e)
            {
                throw OnnxRuntimeSession.Failure(e);
            }

            _inputNames.Add(name);
            _inputs.Add(value);
        }

        private void Output(string name, OrtValue value)
        {
            try
            {
                _binding.BindOutput(name, value);
            }
            catch (OnnxRuntimeException e)
            {
                throw OnnxRuntimeSession.Failure(e);
            }
        }

        private OrtValue Pin<T>(T[] buffer, long[] shape) where T : unmanaged
        {
            var value = OrtValue.CreateTensorValueFromMemory(buffer, shape);
            _values.Add(value);
            return value;
        }
    }
}
