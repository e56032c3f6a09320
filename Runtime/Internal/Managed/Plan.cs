using System;
using System.Collections.Generic;
using System.IO;

namespace VaeContent.Internal.Managed
{
    /// <summary>
    /// A graph for a fixed number of sprites, as steps with fixed places in the session's memory: what is no longer read gives
    /// its place to what comes later.
    /// </summary>
    internal sealed unsafe class Plan
    {
        private readonly Arena _arena;
        private readonly List<Step> _steps;
        private readonly Dictionary<string, Value> _values;

        internal Plan(Arena arena, List<Step> steps, Dictionary<string, Value> values, IEnumerable<Value> inputs,
            IEnumerable<Value> outputs)
        {
            _arena = arena;
            _steps = steps;
            if (steps.Count == 0) throw new InvalidDataException("it computes nothing");
            _values = values;
            var last = LastReads(outputs);
            Place(inputs, last);
        }

        internal int StepCount => _steps.Count;

        /// <summary>An input or an output.</summary>
        internal Value this[string name] => _values[name];

        internal Span<float> Floats(Value value) => new Span<float>(_arena.Floats, value.Offset, value.Count);

        internal void Run(int step)
        {
            fixed (float* memory = _arena.Floats)
            {
                _steps[step].Run(memory);
            }
        }

        private Dictionary<Value, int> LastReads(IEnumerable<Value> outputs)
        {
            var last = new Dictionary<Value, int>();
            for (int i = 0; i < _steps.Count; i++)
            {
                foreach (var value in _steps[i].Writes) last[value.Root] = i;
                foreach (var value in _steps[i].Reads) last[value.Root] = i;
            }

            foreach (var output in outputs) last[output.Root] = _steps.Count;
            return last;
        }

        private HashSet<Value> NewConstants()
        {
            var constants = new HashSet<Value>();
            foreach (var step in _steps)
            {
                foreach (var value in step.Reads)
                {
                    if (value.IsConstant && value.Offset < 0) constants.Add(value.Root);
                }
            }

            return constants;
        }

        // First fit, in the order of the steps.
        private void Place(IEnumerable<Value> inputs, Dictionary<Value, int> last)
        {
            var room = new Room();
            var seen = new HashSet<Value>(); // the parts of a Concat write one value
            var placed = new List<(Value Value, int Offset)>();
            var live = new List<(int Until, int Offset, int Size)>();
            void Put(Value value, int step)
            {
                if (value.IsBytes || !seen.Add(value)) return;
                int size = Arena.Aligned(value.Count), offset = room.Take(size);
                placed.Add((value, offset));
                live.Add((last.TryGetValue(value, out int until) ? until : step, offset, size));
            }

            foreach (var input in inputs) Put(input, -1);
            for (int i = 0; i < _steps.Count; i++)
            {
                foreach (var value in _steps[i].Writes) Put(value, i);

                for (int k = live.Count - 1; k >= 0; k--)
                {
                    if (live[k].Until > i) continue;
                    room.Free(live[k].Offset, live[k].Size);
                    live.RemoveAt(k);
                }
            }

            int start = _arena.Reserve(NewConstants(), room.Size);
            foreach (var (value, offset) in placed) value.Place(start + offset);
        }

        /// <summary>Gaps between what is in use, by place.</summary>
        private sealed class Room
        {
            private readonly List<(int Offset, int Size)> _gaps = new List<(int, int)>();

            internal int Size { get; private set; }

            internal int Take(int size)
            {
                for (int i = 0; i < _gaps.Count; i++)
                {
                    var (offset, room) = _gaps[i];
                    if (room < size) continue;
                    if (room == size) _gaps.RemoveAt(i);
                    else _gaps[i] = (offset + size, room - size);
                    return offset;
                }

                int end = Size;
                if (_gaps.Count > 0 && _gaps[_gaps.Count - 1].Offset + _gaps[_gaps.Count - 1].Size == Size)
                {
                    end = _gaps[_gaps.Count - 1].Offset;
                    _gaps.RemoveAt(_gaps.Count - 1);
                }

                Size = checked(end + size);
                return end;
            }

            internal void Free(int offset, int size)
            {
                int i = 0;
                while (i < _gaps.Count && _gaps[i].Offset < offset) i++;
                _gaps.Insert(i, (offset, size));
                if (i + 1 < _gaps.Count && offset + size == _gaps[i + 1].Offset)
                {
                    _gaps[i] = (offset, size + _gaps[i + 1].Size);
                    _gaps.RemoveAt(i + 1);
                }

                if (i > 0 && _gaps[i - 1].Offset + _gaps[i - 1].Size == offset)
                {
                    _gaps[i - 1] = (_gaps[i - 1].Offset, _gaps[i - 1].Size + _gaps[i].Size);
                    _gaps.RemoveAt(i);
                }
            }
        }
    }
}
