using System;
using System.Collections.Generic;

namespace VaeContent.Internal.Managed
{
    /// <summary>
    /// Elementwise operators of one output shape, fused: a few hundred elements go through all of them before the next, so that
    /// what lies between never leaves the nearest cache. Operands of other shapes are broadcast.
    /// </summary>
    internal sealed unsafe class ElementwiseStep : Step
    {
        /// <summary>Values that one step may know; a longer chain is cut.</summary>
        internal const int MostValues = 24;

        private const int Chunk = 512;

        private readonly int[] _shape;
        private readonly List<Value> _values = new List<Value>(); // operands and outcomes, each once
        private readonly List<Operation> _operations = new List<Operation>();
        private Operand[] _operands = Array.Empty<Operand>();
        private int[] _sizes = Array.Empty<int>(); // of the dimensions that are left when neighbours are merged
        private Value? _scratch;

        internal ElementwiseStep(int[] shape) => _shape = shape;

        internal bool Takes(int[] shape) => Shapes.Same(shape, _shape) && _values.Count + 4 <= MostValues;

        internal void Add(Function function, Value to, float slope, params Value[] from)
        {
            var places = Array.ConvertAll(from, Place);
            _operations.Add(new Operation
            {
                Function = function,
                Slope = slope,
                A = places[0],
                B = places.Length > 1 ? places[1] : -1,
                C = places.Length > 2 ? places[2] : -1,
                To = Place(to),
            });
        }

        /// <summary>Fixes what is read and written; <paramref name="isNeeded"/>: which outcomes others read.</summary>
        internal void Close(Predicate<Value> isNeeded)
        {
            _operands = new Operand[_values.Count];
            int scratch = 0;
            foreach (var operation in _operations) _operands[operation.To].IsOutcome = true;
            for (int i = 0; i < _operands.Length; i++)
            {
                var value = _values[i];
                _operands[i].Value = value;
                _operands[i].Steps = BroadcastSteps(value.Shape);
                if (!_operands[i].IsOutcome) Reads.Add(value);
                else if (isNeeded(value)) Writes.Add(value);
                else _operands[i].Value = null;
            }

            Merge();
            for (int i = 0; i < _operands.Length; i++)
            {
                bool repeats = _operands[i].Steps[_sizes.Length - 1] == 0 && _sizes[_sizes.Length - 1] > 1;
                _operands[i].Scratch = _operands[i].Value == null || repeats ? scratch++ * Chunk : -1;
            }

            if (scratch > 0) _scratch = Scratch(scratch * Chunk);
        }

        internal override void Run(float* memory)
        {
            int last = _sizes.Length - 1, rows = 1;
            for (int i = 0; i < last; i++) rows *= _sizes[i];
            float* scratch = _scratch == null ? null : memory + _scratch.Offset;
            Span<int> at = stackalloc int[last + 1];
            at.Clear();
            for (int row = 0; row < rows; row++)
            {
                for (int from = 0; from < _sizes[last]; from += Chunk)
                {
                    RunChunk(memory, at, from, Math.Min(Chunk, _sizes[last] - from), scratch);
                }

                for (int i = last - 1; i >= 0 && ++at[i] == _sizes[i]; i--) at[i] = 0;
            }
        }

        private void RunChunk(float* memory, ReadOnlySpan<int> at, int from, int count, float* scratch)
        {
            float** places = stackalloc float*[MostValues];
            int last = _sizes.Length - 1;
            for (int i = 0; i < _operands.Length; i++)
            {
                ref var operand = ref _operands[i];
                if (operand.Value == null)
                {
                    places[i] = scratch + operand.Scratch;
                    continue;
                }

                int start = from * operand.Steps[last];
                for (int d = 0; d < last; d++) start += at[d] * operand.Steps[d];
                places[i] = memory + operand.Value.Offset + start;
                if (operand.Scratch < 0) continue;
                float repeated = *places[i];
                places[i] = scratch + operand.Scratch;
                new Span<float>(places[i], count).Fill(repeated);
            }

            foreach (var o in _operations)
            {
                Elementwise.Apply(o.Function, places[o.A], o.B < 0 ? null : places[o.B], o.C < 0 ? null : places[o.C],
                    places[o.To], count, o.Slope);
            }
        }

        private int Place(Value value)
        {
            int place = _values.IndexOf(value);
            if (place >= 0) return place;
            _values.Add(value);
            return _values.Count - 1;
        }

        // 0 along what is repeated.
        private int[] BroadcastSteps(int[] shape)
        {
            var own = Shapes.Strides(shape);
            var steps = new int[_shape.Length];
            for (int i = 0; i < steps.Length; i++)
            {
                int there = i - (steps.Length - shape.Length);
                steps[i] = there < 0 || shape[there] == 1 ? 0 : own[there];
            }

            return steps;
        }

        private void Merge()
        {
            var kept = new List<int>(); // the last of each group of dimensions
            var sizes = new List<int>();
            for (int i = 0; i < _shape.Length; i++)
            {
                if (_shape[i] == 1) continue;
                if (kept.Count > 0 && AreOne(kept[kept.Count - 1], i))
                {
                    sizes[sizes.Count - 1] *= _shape[i];
                    kept[kept.Count - 1] = i;
                    continue;
                }

                kept.Add(i);
                sizes.Add(_shape[i]);
            }

            if (kept.Count == 0) sizes.Add(1);
            _sizes = sizes.ToArray();
            for (int o = 0; o < _operands.Length; o++)
            {
                var steps = _operands[o].Steps;
                _operands[o].Steps = kept.Count == 0 ? new int[1] : kept.ConvertAll(i => steps[i]).ToArray();
            }
        }

        private bool AreOne(int outer, int inner)
        {
            foreach (var operand in _operands)
            {
                if (operand.Steps[outer] != operand.Steps[inner] * _shape[inner]) return false;
            }

            return true;
        }

        private struct Operation
        {
            internal Function Function;
            internal float Slope;
            internal int A;
            internal int B; // -1 where there is none
            internal int C;
            internal int To;
        }

        private struct Operand
        {
            internal Value? Value; // null: it only lives in the scratch
            internal int[] Steps;
            internal int Scratch;  // where a chunk of it is laid out; -1 where it is read and written in place
            internal bool IsOutcome;
        }
    }
}
