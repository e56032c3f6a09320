using System;

namespace VaeContent.Internal
{
    /// <summary>A model started on a device, and the runs bound to it. One thread at a time.</summary>
    internal abstract class ModelSession : IDisposable
    {
        protected ModelSession(ComputeDevice device) => Device = device;

        internal ComputeDevice Device { get; }

        /// <summary>A run over fresh buffers; bind them, then <see cref="BoundRun.Run"/>. Disposed with the session.</summary>
        internal abstract BoundRun NewRun();

        /// <summary>
        /// Makes the run under way, and all later ones, throw EngineException. From any thread, before Dispose.
        /// </summary>
        internal abstract void Stop();

        public abstract void Dispose();
    }

    /// <summary>
    /// One way to run a session: managed buffers of fixed shapes, bound once, so that a run allocates nothing. The buffers are
    /// ordinary arrays: spans of them stay valid memory even after Dispose.
    /// </summary>
    internal abstract class BoundRun
    {
        internal abstract void Input(string name, float[] buffer, long[] shape);

        internal abstract void Input(string name, byte[] buffer, long[] shape);

        internal abstract void Output(string name, float[] buffer, long[] shape);

        internal abstract void Output(string name, byte[] buffer, long[] shape);

        /// <summary>
        /// A piece of a run, or all of it where the engine cannot cut it: true once the run is done, otherwise the next call
        /// continues. Throws EngineException.
        /// </summary>
        internal abstract bool Step();

        /// <summary>All of it. Throws EngineException.</summary>
        internal void Run()
        {
            while (!Step())
            {
            }
        }

        internal static T[] NewBuffer<T>(params long[] shape) where T : unmanaged
        {
            long length = 1;
            foreach (long size in shape) length = checked(length * size);
            return new T[length];
        }
    }

    /// <summary>What an engine says of a model that it cannot start or run.</summary>
    internal sealed class EngineException : Exception
    {
        internal EngineException(string engine, string message, Exception? cause = null) : base(message, cause) =>
            Engine = engine;

        /// <summary>Who says it.</summary>
        internal string Engine { get; }
    }
}
