using System;
using System.Collections.Generic;
using System.IO;

namespace VaeContent.Internal.Graphs
{
    /// <summary>
    /// A graph of which every operator is known and every tensor's size computed and bounded, before anything is run or memory
    /// is taken for it. An untrusted file can cost what this class lets through.
    /// </summary>
    internal sealed class CheckedGraph
    {
        /// <summary>Elements of a tensor that nodes compute, for one sprite: 128x128 pixels in 256 colours need them.</summary>
        internal const int MostElements = 1 << 22;

        /// <summary>Bytes that one sprite needs at once, with the constants that are computed, except for weights.</summary>
        internal const long MostLive = 64 << 20;

        /// <summary>Multiply-adds, or what takes as long, for one sprite.</summary>
        internal const long MostWork = 1L << 31;

        private const long MostComputedConstants = 1 << 26, ConstantsPerWeight = 8;

        // Bytes that a batch needs at once: on the CPU, which shares memory with all else, and elsewhere.
        private const long MostLiveOnCpu = 32 << 20, MostLiveElsewhere = 256 << 20;

        private readonly OnnxModel _model;
        private readonly Dictionary<string, GraphValue> _values = new Dictionary<string, GraphValue>(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _lastUse = new Dictionary<string, int>(StringComparer.Ordinal);
        private long _live, _computed, _peak; // bytes: of what depends on the inputs, of constants, most of both

        /// <summary>Checks a graph. Throws InvalidDataException with the end of a sentence.</summary>
        internal CheckedGraph(OnnxModel model)
        {
            _model = model;
            foreach (var value in model.Stored) Add(value);
            foreach (var input in model.Inputs) Add(Input(input));
            CheckNodes();
            foreach (var output in model.Outputs) CheckOutput(output);
        }

        /// <summary>In the order in which they run.</summary>
        internal IReadOnlyList<GraphNode> Nodes => _model.Nodes;

        /// <summary>All tensors by name: stored, inputs, computed.</summary>
        internal IReadOnlyDictionary<string, GraphValue> Values => _values;

        /// <summary>Multiply-adds, or what takes as long, for one sprite.</summary>
        internal long Work { get; private set; }

        /// <summary>Bytes that one sprite needs at once.</summary>
        internal long Live { get; private set; }

        /// <summary>How many sprites may run at once, of as many as asked for: 1 at least.</summary>
        internal int MostAtOnce(int asked, bool onCpu)
        {
            long memory = (onCpu ? MostLiveOnCpu : MostLiveElsewhere) / Math.Max(Live, 1), work = MostWork / Math.Max(Work, 1);
            return (int)Math.Max(1, Math.Min(asked, onCpu ? Math.Min(memory, work) : memory));
        }

        private void CheckNodes()
        {
            for (int i = 0; i < Nodes.Count; i++)
            {
                foreach (string name in Nodes[i].Inputs) _lastUse[name] = i;
            }

            // Weights of fewer bits become floats.
            long weights = 0, constants = 0;
            foreach (var value in _model.Stored) weights += value.Type == TensorInfo.UInt8 ? 0 : value.Count;
            for (int i = 0; i < Nodes.Count; i++)
            {
                var node = Nodes[i];
                var inputs = node.Inputs.ConvertAll(name => _values.TryGetValue(name, out var value) ? value
                    : throw node.Problem("reads " + Errors.Show(name) + ", which nothing before it makes")).ToArray();
                var type = Operator.ForNode(node);
                var output = type.Output(node, inputs);
                Add(output);
                if (output.IsConstant) constants += output.Count;
                else if (output.Count > MostElements) throw node.Problem("makes more than " + MostElements + " elements");
                else Work += type.Work(inputs, output);
                if (constants > MostComputedConstants + ConstantsPerWeight * weights)
                {
                    throw new InvalidDataException("its constants become too large when they are computed");
                }

                if (Work > MostWork) throw new InvalidDataException("it computes more than any model for a sprite");
                CountMemory(inputs, output, type.IsInPlace, i);
                if (_peak > MostLive + 4 * weights) throw node.Problem("needs more than " + MostLive + " bytes at once");
            }
        }

        // Memory is given back after its last use; some operators write over an input that has its last use there.
        private void CountMemory(GraphValue[] inputs, GraphValue output, bool isInPlace, int at)
        {
            foreach (var input in inputs)
            {
                if (!isInPlace || !EndsAt(input, output, at) || Bytes(input) != Bytes(output)) continue;
                Free(input);
                break;
            }

            Take(output, Bytes(output));
            Live = Math.Max(Live, _live);
            _peak = Math.Max(_peak, _live + _computed);
            foreach (var input in inputs)
            {
                if (EndsAt(input, output, at)) Free(input);
            }

            if (!_lastUse.ContainsKey(output.Name) && !IsOutput(output.Name)) Take(output, -Bytes(output));
        }

        // A constant that is computed when a session starts stays as long as the session where sprites need it.
        private bool EndsAt(GraphValue value, GraphValue output, int at) => !value.IsStored
            && value.IsConstant == output.IsConstant && _lastUse.TryGetValue(value.Name, out int last) && last == at
            && !IsOutput(value.Name);

        private void Free(GraphValue value)
        {
            Take(value, -Bytes(value));
            _lastUse.Remove(value.Name);
        }

        private void Take(GraphValue value, long bytes)
        {
            if (value.IsConstant) _computed += bytes;
            else _live += bytes;
        }

        private static long Bytes(GraphValue value) =>
            value.Type == TensorInfo.Float || value.Type == TensorInfo.Int32 ? 4 * value.Count : value.Count;

        private bool IsOutput(string name) => _model.Outputs.Exists(output => output.Name == name);

        private GraphValue Input(TensorInfo input)
        {
            var shape = new int[input.Shape.Length];
            for (int i = 0; i < shape.Length; i++)
            {
                long side = i == 0 ? 1 : input.Shape[i];
                bool isFree = input.Shape[i] == TensorInfo.Free;
                shape[i] = isFree == (i == 0) && side >= 1 && side <= MostElements ? (int)side
                    : throw new InvalidDataException("its input " + input + " has a size that no bundle has");
            }

            var value = new GraphValue(input.Name, input.Type, shape, isConstant: false);
            if (value.Count > MostElements) throw WireReader.TooMany(MostElements, "elements in an input");
            _live += Bytes(value);
            return value;
        }

        private void CheckOutput(TensorInfo output)
        {
            bool isMade = _values.TryGetValue(output.Name, out var value) && !value.IsConstant && value.Type == output.Type
                && value.Shape.Length == output.Shape.Length && !_model.Inputs.Exists(input => input.Name == output.Name);
            for (int i = 0; isMade && i < output.Shape.Length; i++)
            {
                isMade = i == 0 ? output.Shape[0] == TensorInfo.Free && value!.Shape[0] == 1 : output.Shape[i] == value!.Shape[i];
            }

            if (!isMade) throw new InvalidDataException("its nodes do not make the output " + output);
        }

        private void Add(GraphValue value)
        {
            if (value.Name.Length == 0) throw new InvalidDataException("it has a tensor without a name");
            if (!_values.TryAdd(value.Name, value))
            {
                throw new InvalidDataException("it has two tensors called " + Errors.Show(value.Name));
            }
        }
    }
}
