using System.Collections.Generic;

namespace VaeContent.Internal
{
    /// <summary>Something that a model can be started on.</summary>
    internal abstract class ComputeDevice
    {
        protected ComputeDevice(Device kind, string name, string source, bool takesIndex)
        {
            Kind = kind;
            Name = name;
            Source = source;
            TakesIndex = takesIndex;
        }

        internal Device Kind { get; }

        /// <summary>As people write it.</summary>
        internal string Name { get; }

        /// <summary>A sentence on where to get it.</summary>
        internal string Source { get; }

        internal bool TakesIndex { get; }

        /// <summary>Whether it computes with the memory and threads of the program itself.</summary>
        internal bool IsCpu => Kind == Device.Cpu || Kind == Device.Managed;

        /// <summary>Whether the loaded library has it.</summary>
        internal abstract bool IsOffered { get; }

        /// <summary>What computes, its version and how, for a log.</summary>
        internal abstract string Describe(GeneratorOptions options);

        /// <summary>
        /// Throws EngineException, NotSupportedException, and what the loader throws: <see cref="DeviceChoice"/> makes messages
        /// of it.
        /// </summary>
        internal abstract ModelSession Start(byte[] model, GeneratorOptions options);
    }

    /// <summary>An engine that may not be there, beside the one in C#, which always is.</summary>
    internal abstract class Engine
    {
        /// <summary>The best first.</summary>
        internal abstract IReadOnlyList<ComputeDevice> Accelerators { get; }

        internal abstract ComputeDevice Cpu { get; }

        /// <summary>Loads its native library. Throws what the loader throws where that is missing.</summary>
        internal abstract string Version();

        /// <summary>What the loaded library has, as it calls it.</summary>
        internal abstract string[] Offered();
    }
}
