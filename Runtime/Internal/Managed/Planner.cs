using System;
using System.Collections.Generic;
using System.IO;
using VaeContent.Internal.Graphs;

namespace VaeContent.Internal.Managed
{
    /// <summary>
    /// Makes plans of one graph: sizes of all tensors for a number of sprites, constants computed beforehand, a step for each
    /// node that is left. Weights in the form that steps take are shared between plans.
    /// </summary>
    internal sealed partial class Planner
    {
        private readonly Graph _graph;
        private readonly Arena _arena = new Arena();
        private readonly Dictionary<string, Value> _constants;
        private readonly Dictionary<string, object> _prepared = new Dictionary<string, object>(StringComparer.Ordinal);
        private readonly Dictionary<string, List<GraphNode>> _readers =
            new Dictionary<string, List<GraphNode>>(StringComparer.Ordinal);

        // Of the plan in the making.
        private Dictionary<string, Value> _values = null!;
        private List<Step> _steps = null!;
        private ElementwiseStep? _open;
        private List<GraphNode> _openNodes = null!;

        internal Planner(Graph graph)
        {
            _graph = graph;
            _constants = graph.Constants;
            foreach (var node in graph.Nodes)
            {
                foreach (string input in node.Inputs)
                {
                    if (!_readers.TryGetValue(input, out var readers)) _readers[input] = readers = new List<GraphNode>();
                    readers.Add(node);
                }
            }
        }

        /// <summary>
        /// For <paramref name="sprites"/> at once. Throws InvalidDataException, with the end of a sentence, for a graph that the
        /// exporter does not write.
        /// </summary>
        internal Plan For(int sprites)
        {
            _values = new Dictionary<string, Value>(_constants, StringComparer.Ordinal);
            _steps = new List<Step>();
            _open = null;
            _openNodes = new List<GraphNode>();
            var inputs = new List<Value>();
            foreach (var input in _graph.Inputs)
            {
                var dims = (long[])input.Shape.Clone();
                if (dims.Length == 0 || dims[0] != TensorInfo.Free) throw new InvalidDataException("an input has no free batch");
                dims[0] = sprites;
                var value = new Value(input.Name, Shapes.Checked(dims)) { IsBytes = input.Type == TensorInfo.UInt8 };
                _values[input.Name] = value;
                inputs.Add(value);
            }

            foreach (var node in _graph.Nodes)
            {
                if (_constants.ContainsKey(node.Output)) continue;
                Build(node);
            }

            CloseElementwise();
            var outputs = new List<Value>();
            foreach (var output in _graph.Outputs) outputs.Add(Known(output.Name));
            var plan = new Plan(_arena, _steps, _values, inputs, outputs);
            // The rest went into weights of another form, or into other constants.
            foreach (var constant in _constants.Values) constant.Release();
            return plan;
        }

        private void Build(GraphNode node)
        {
            if (node.Output.Length == 0 || node.Inputs.Count == 0) throw Problem(node, "has no input or no output");
            var inputs = new Value[node.Inputs.Count];
            bool isConstant = true;
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i] = Known(node.Inputs[i]);
                isConstant &= inputs[i].IsConstant || inputs[i].Integers != null;
            }

            if (Shape(node, inputs) is Value same)
            {
                // The same elements: no step.
                _values[node.Output] = same;
                if (same.IsConstant) _constants[node.Output] = same;
                if (!isConstant) CloseElementwise();
                return;
            }

            if (isConstant)
            {
                var (steps, open, openNodes) = (_steps, _open, _openNodes);
                (_steps, _open, _openNodes) = (new List<Step>(), null, new List<GraphNode>());
                var value = BuildStep(node, inputs);
                CloseElementwise();
                Fold(node, value);
                (_steps, _open, _openNodes) = (steps, open, openNodes);
                return;
            }

            if (!Functions.ContainsKey(node.Type)) CloseElementwise();
            _values[node.Output] = BuildStep(node, inputs);
        }

        // Runs the steps that make a constant over memory of their own.
        private unsafe void Fold(GraphNode node, Value value)
        {
            int size = 0;
            var placed = new List<Value>();
            foreach (var step in _steps)
            {
                foreach (var part in step.Reads) Put(part.Root);
                foreach (var part in step.Writes) Put(part.Root);
            }

            void Put(Value part)
            {
                if (placed.Contains(part)) return;
                placed.Add(part);
                part.Place(size);
                size = checked(size + Arena.Aligned(part.Count));
            }

            var memory = new float[size];
            foreach (var part in placed) part.Data?.CopyTo(memory, part.Offset);
            fixed (float* start = memory)
            {
                foreach (var step in _steps) step.Run(start);
            }

            var constant = Value.Constant(node.Output, value.Shape, memory.AsSpan(value.Offset, value.Count).ToArray());
            foreach (var part in placed) part.Place(-1);
            _constants[node.Output] = _values[node.Output] = constant;
        }

        private Value Known(string name) => _values.TryGetValue(name, out var value) ? value
            : throw new InvalidDataException("a node reads " + Errors.Show(name) + ", which nothing before it makes");

        private void CloseElementwise()
        {
            if (_open == null) return;
            var inside = new HashSet<GraphNode>(_openNodes);
            _open.Close(value => !_readers.TryGetValue(value.Name, out var readers)
                || readers.Exists(node => !inside.Contains(node))
                || _graph.Outputs.Exists(output => output.Name == value.Name));
            _steps.Add(_open);
            _open = null;
            _openNodes.Clear();
        }
    }
}
