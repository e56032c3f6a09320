using System;
using System.Collections.Generic;

namespace VaeContent.Internal.Managed
{
    /// <summary>One piece of work of a plan, with its tensors' places fixed. Runs without garbage.</summary>
    internal abstract unsafe class Step
    {
        protected Step(params Value[] reads) => Reads.AddRange(reads);

        /// <summary>What has to stay until this has run.</summary>
        internal List<Value> Reads { get; } = new List<Value>();

        /// <summary>What this makes, and room that it alone needs.</summary>
        internal List<Value> Writes { get; } = new List<Value>();

        /// <summary><paramref name="memory"/>: the session's, pinned.</summary>
        internal abstract void Run(float* memory);

        protected Value Output(Value value)
        {
            Writes.Add(value);
            return value;
        }

        protected Value Scratch(int count) => Output(new Value("", new[] { count }));
    }

    /// <summary>From bytes to floats, from the caller's buffer.</summary>
    internal sealed unsafe class FromBytesStep : Step
    {
        private readonly Value _from;
        private readonly Value _to;

        internal FromBytesStep(Value from, Value to)
        {
            _from = from;
            _to = Output(to);
        }

        internal override void Run(float* memory)
        {
            var bytes = _from.Root.Bytes!;
            float* to = memory + _to.Offset;
            for (int i = 0; i < _to.Count; i++) to[i] = bytes[i];
        }
    }

    /// <summary>From floats to bytes, cut off, into the caller's buffer.</summary>
    internal sealed unsafe class ToBytesStep : Step
    {
        private readonly Value _from;
        private readonly Value _to;

        internal ToBytesStep(Value from, Value to) : base(from)
        {
            _from = from;
            _to = to;
        }

        internal override void Run(float* memory)
        {
            var bytes = _to.Root.Bytes!;
            float* from = memory + _from.Offset;
            fixed (byte* to = bytes)
            {
                for (int i = 0; i < _from.Count; i++)
                {
                    float x = from[i] > 0f ? from[i] : 0f;
                    to[i] = (byte)(int)(x < 255f ? x : 255f);
                }
            }
        }
    }

    /// <summary>The largest element along an axis: (outer, axis, inner) to (outer, inner).</summary>
    internal sealed unsafe class ReduceMaxStep : Step
    {
        private readonly Value _from;
        private readonly Value _to;
        private readonly int _axis;
        private readonly int _inner;

        internal ReduceMaxStep(Value from, Value to, int axis, int inner) : base(from)
        {
            _from = from;
            _to = Output(to);
            _axis = axis;
            _inner = inner;
        }

        internal override void Run(float* memory)
        {
            float* from = memory + _from.Offset, first = memory + _to.Offset, end = first + _to.Count;
            for (float* to = first; to < end; to += _inner)
            {
                for (int i = 0; i < _inner; i++) to[i] = from[i];
                from += _inner;
                for (int k = 1; k < _axis; k++, from += _inner)
                {
                    if (_inner > 1) Elementwise.MaxInto(from, to, _inner);
                    else *to = Elementwise.Larger(*to, *from);
                }
            }
        }
    }

    /// <summary>
    /// Elements along an axis that indices name: (outer, axis, inner) by (outer, named, inner). Indices outside the axis, which
    /// no exported model has, take its ends.
    /// </summary>
    internal sealed unsafe class GatherElementsStep : Step
    {
        private readonly Value _from;
        private readonly Value _indices;
        private readonly Value _to;
        private readonly int _axis;
        private readonly int _named;
        private readonly int _inner;

        internal GatherElementsStep(Value from, Value indices, Value to, int axis, int named, int inner) : base(from, indices)
        {
            _from = from;
            _indices = indices;
            _to = Output(to);
            _axis = axis;
            _named = named;
            _inner = inner;
        }

        internal override void Run(float* memory)
        {
            float* from = memory + _from.Offset, index = memory + _indices.Offset, to = memory + _to.Offset;
            for (int done = 0; done < _to.Count; from += _axis * _inner)
            {
                for (int k = 0; k < _named; k++)
                {
                    for (int i = 0; i < _inner; i++, done++)
                    {
                        float at = index[done];
                        int place = at > 0f ? at < _axis - 1 ? (int)at : _axis - 1 : 0;
                        to[done] = from[(place * _inner) + i];
                    }
                }
            }
        }
    }

    /// <summary>
    /// Copies elements to where they belong: Transpose, Slice, DepthToSpace and the parts of a Concat. Sizes from the outermost
    /// dimension to the innermost, with the steps along each in what is read and in what is written.
    /// </summary>
    internal sealed unsafe class CopyStep : Step
    {
        private readonly Value _from;
        private readonly Value _to;
        private readonly int _fromStart;
        private readonly int _toStart;
        private readonly int[] _sizes;
        private readonly int[] _fromSteps;
        private readonly int[] _toSteps;

        internal CopyStep(Value from, Value to, int fromStart, int toStart, int[] sizes, int[] fromSteps, int[] toSteps)
            : base(from)
        {
            _from = from;
            _to = Output(to);
            _fromStart = fromStart;
            _toStart = toStart;
            Merge(ref sizes, ref fromSteps, ref toSteps);
            _sizes = sizes;
            _fromSteps = fromSteps;
            _toSteps = toSteps;
        }

        internal override void Run(float* memory)
        {
            Copy(0, memory + _from.Offset + _fromStart, memory + _to.Offset + _toStart);
        }

        private void Copy(int dimension, float* from, float* to)
        {
            int size = _sizes[dimension], fromStep = _fromSteps[dimension], toStep = _toSteps[dimension];
            if (dimension < _sizes.Length - 1)
            {
                for (int i = 0; i < size; i++, from += fromStep, to += toStep) Copy(dimension + 1, from, to);
            }
            else if (fromStep == 1 && toStep == 1)
            {
                new Span<float>(from, size).CopyTo(new Span<float>(to, size));
            }
            else
            {
                for (int i = 0; i < size; i++, from += fromStep, to += toStep) *to = *from;
            }
        }

        // Two dimensions that lie one in the other on both sides are one.
        private static void Merge(ref int[] sizes, ref int[] fromSteps, ref int[] toSteps)
        {
            List<int> size = new List<int>(), from = new List<int>(), to = new List<int>();
            for (int i = 0; i < sizes.Length; i++)
            {
                int last = size.Count - 1;
                if (sizes[i] == 1 && (last >= 0 || i < sizes.Length - 1)) continue;
                if (last >= 0 && from[last] == fromSteps[i] * sizes[i] && to[last] == toSteps[i] * sizes[i])
                {
                    size[last] *= sizes[i];
                    from[last] = fromSteps[i];
                    to[last] = toSteps[i];
                    continue;
                }

                size.Add(sizes[i]);
                from.Add(fromSteps[i]);
                to.Add(toSteps[i]);
            }

            sizes = size.ToArray();
            fromSteps = from.ToArray();
            toSteps = to.ToArray();
        }
    }
}
