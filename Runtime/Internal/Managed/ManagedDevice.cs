using System;
using System.Collections.Generic;
using System.IO;
using System.Numerics;
using VaeContent.Internal.Managed;

namespace VaeContent.Internal
{
    /// <summary>The calling thread, by the evaluator in C#.</summary>
    internal sealed class ManagedDevice : ComputeDevice
    {
        internal static readonly ManagedDevice Instance = new ManagedDevice();

        private ManagedDevice() : base(Device.Managed, "Managed", "", true)
        {
        }

        internal override bool IsOffered => true;

        internal override string Describe(GeneratorOptions options) => "Managed (C#, "
            + (Vector.IsHardwareAccelerated ? "vectors of " + Vector<float>.Count + " floats" : "without vectors")
            + ", 1 thread)";

        internal override ModelSession Start(byte[] model, GeneratorOptions options) => new ManagedSession(model, this);
    }

    /// <summary>A model that C# evaluates: one set of weights and one memory for runs of all sizes.</summary>
    internal sealed class ManagedSession : ModelSession
    {
        private const string Engine = "the evaluator in C#";

        private readonly Planner _planner;
        private readonly Dictionary<long, Plan> _plans = new Dictionary<long, Plan>();
        private volatile bool _isStopped;

        internal ManagedSession(byte[] model, ComputeDevice device) : base(device) =>
            _planner = Guarded(() => new Planner(Graph.Read(model)));

        internal override BoundRun NewRun() => new ManagedRun(this);

        internal override void Stop() => _isStopped = true;

        public override void Dispose()
        {
        }

        internal Plan PlanFor(int sprites)
        {
            if (!_plans.TryGetValue(sprites, out var plan)) _plans[sprites] = plan = Guarded(() => _planner.For(sprites));
            return plan;
        }

        internal void CheckNotStopped()
        {
            if (_isStopped) throw new EngineException(Engine, "the run was stopped");
        }

        private static T Guarded<T>(Func<T> work)
        {
            try
            {
                return work();
            }
            catch (Exception e) when (e is InvalidDataException || e is OverflowException)
            {
                throw new EngineException(Engine, e.Message, e);
            }
        }
    }

    /// <summary>A run in C#, of which a step is one operator. Its plan is made when it first runs.</summary>
    internal sealed class ManagedRun : BoundRun
    {
        private readonly ManagedSession _session;
        private readonly List<Binding> _inputs = new List<Binding>();
        private readonly List<Binding> _outputs = new List<Binding>();
        private Plan? _plan;
        private int _next;

        internal ManagedRun(ManagedSession session) => _session = session;

        internal override void Input(string name, float[] buffer, long[] shape) =>
            _inputs.Add(new Binding { Name = name, Floats = buffer, Sprites = (int)shape[0] });

        internal override void Input(string name, byte[] buffer, long[] shape) =>
            _inputs.Add(new Binding { Name = name, Bytes = buffer, Sprites = (int)shape[0] });

        internal override void Output(string name, float[] buffer, long[] shape) =>
            _outputs.Add(new Binding { Name = name, Floats = buffer });

        internal override void Output(string name, byte[] buffer, long[] shape) =>
            _outputs.Add(new Binding { Name = name, Bytes = buffer });

        internal override bool Step()
        {
            _session.CheckNotStopped();
            var plan = _plan ??= Bind();
            if (_next == 0) Enter(plan);
            plan.Run(_next);
            if (++_next < plan.StepCount) return false;
            _next = 0;
            foreach (var output in _outputs)
            {
                if (output.Floats != null) plan.Floats(output.Value!).CopyTo(output.Floats);
            }

            return true;
        }

        private Plan Bind()
        {
            var plan = _session.PlanFor(_inputs[0].Sprites);
            foreach (var binding in _inputs) binding.Value = plan[binding.Name];
            foreach (var binding in _outputs) binding.Value = plan[binding.Name];
            return plan;
        }

        // Whichever run had the plan before.
        private void Enter(Plan plan)
        {
            foreach (var input in _inputs)
            {
                if (input.Bytes != null) input.Value!.Root.Bytes = input.Bytes;
                else input.Floats.CopyTo(plan.Floats(input.Value!));
            }

            foreach (var output in _outputs)
            {
                if (output.Bytes != null) output.Value!.Root.Bytes = output.Bytes;
            }
        }

        private sealed class Binding
        {
            internal string Name = "";
            internal float[]? Floats;
            internal byte[]? Bytes;
            internal int Sprites;
            internal Value? Value;
        }
    }
}
