using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Internal.Graphs
{
    /// <summary>What an operator is given.</summary>
    internal enum Operand
    {
        /// <summary>Floats.</summary>
        Float,

        /// <summary>Floats that do not depend on the graph's inputs.</summary>
        Weights,

        /// <summary>The result of a comparison.</summary>
        Condition,

        /// <summary>Integers that the file has.</summary>
        Integers,

        /// <summary>Places along an axis, computed.</summary>
        Places,

        /// <summary>Of any type; the rule decides.</summary>
        Any,
    }

    /// <summary>
    /// The operators that a bundle may use, which are those that the exporter writes, with what each is given and the shape of
    /// what it makes. An operator added to the exporter goes here too, and into what Tests/Source~/Gpu decodes.
    /// </summary>
    internal sealed class Operator
    {
        private const int MostParts = 64;

        private static readonly Dictionary<string, Operator> All = new Dictionary<string, Operator>(StringComparer.Ordinal);

        private readonly Operand[] _operands;
        private readonly int _least;
        private readonly string[] _attributes;
        private readonly Func<GraphNode, GraphValue[], int[]> _shape;
        private Func<GraphNode, GraphValue[], int> _type = (node, inputs) => TensorInfo.Float;
        private Func<GraphValue[], GraphValue, long> _work = (inputs, output) => output.Count * WorkOfElement;

        // An exponential takes as long as some products.
        private const int WorkOfElement = 8;

        static Operator()
        {
            const Operand f = Operand.Float, w = Operand.Weights, i = Operand.Integers;
            foreach (string name in new[] { "Add", "Sub", "Mul", "Div" })
            {
                Add(name, Broadcasting.Shape, f, f).IsInPlace = true;
            }

            foreach (string name in new[] { "Neg", "Tanh", "Sigmoid", "Relu" })
            {
                Add(name, LayoutRules.Same, f).IsInPlace = true;
            }

            Add("LeakyRelu", LayoutRules.Same, f).With("alpha").IsInPlace = true;
            Add("Max", Broadcasting.Shape, f, f);
            Add("GreaterOrEqual", Broadcasting.Shape, f, f)._type = (node, inputs) => TensorInfo.Bool;
            Add("Where", Broadcasting.Shape, Operand.Condition, f, f);
            Add("Cast", LayoutRules.Same, Operand.Any).With("to")._type = LayoutRules.CastType;

            Add("Gemm", ProductRules.Gemm, 2, f, w, f).With("alpha", "transA", "transB")._work =
                (x, y) => y.Count * x[0].Shape[1];
            Add("MatMul", ProductRules.MatMul, f, f)._work = (x, y) => y.Count * x[0].Shape[x[0].Shape.Length - 1];
            Add("Conv", ProductRules.Conv, f, w, w).With("strides", "pads", "dilations")._work =
                (x, y) => y.Count * (x[1].Count / y.Shape[1]);
            Add("ConvTranspose", ProductRules.ConvTranspose, f, w, w).With("strides", "pads", "output_padding")._work =
                (x, y) => x[0].Count * (x[1].Count / x[0].Shape[1]);

            Add("Reshape", LayoutRules.Reshape, f, i).IsInPlace = true;
            Add("Transpose", LayoutRules.Transpose, f).With("perm");
            Add("Concat", LayoutRules.Concat, 1, Enumerable.Repeat(f, MostParts).ToArray()).With("axis");
            Add("Slice", LayoutRules.Slice, f, i, i, i);
            Add("Gather", LayoutRules.Gather, w, i).With("axis");
            Add("GatherElements", LayoutRules.GatherElements, f, Operand.Places).With("axis");
            Add("ReduceMax", LayoutRules.ReduceMax, f).With("axes", "keepdims")._work = (x, y) => x[0].Count;
            Add("DepthToSpace", LayoutRules.DepthToSpace, f).With("blocksize", "mode");
        }

        private Operator(string name, Func<GraphNode, GraphValue[], int[]> shape, int least, Operand[] operands,
            params string[] attributes)
        {
            Name = name;
            _shape = shape;
            _least = least;
            _operands = operands;
            _attributes = attributes;
        }

        internal static IEnumerable<string> Names => All.Keys;

        internal string Name { get; }

        /// <summary>Whether it may write its output over an input.</summary>
        internal bool IsInPlace { get; private set; }

        /// <summary>The operator of a node. Throws InvalidDataException with the end of a sentence.</summary>
        internal static Operator ForNode(GraphNode node) => All.TryGetValue(node.Type, out var found) ? found
            : throw node.Problem("uses what no bundle uses; expected one of " + string.Join(", ", All.Keys));

        /// <summary>
        /// What a node computes from its inputs, after checking inputs and attributes. Throws InvalidDataException with the end
        /// of a sentence.
        /// </summary>
        internal GraphValue Output(GraphNode node, GraphValue[] inputs)
        {
            if (inputs.Length < _least || inputs.Length > _operands.Length)
            {
                throw node.Problem("has " + inputs.Length + " inputs");
            }

            for (int i = 0; i < inputs.Length; i++)
            {
                if (!Fits(inputs[i], _operands[i])) throw node.Problem("cannot be given " + inputs[i] + " as input " + i);
            }

            foreach (string attribute in node.Attributes)
            {
                if (Array.IndexOf(_attributes, attribute) < 0)
                {
                    throw node.Problem("has the attribute " + Errors.Show(attribute));
                }
            }

            var shape = _shape(node, inputs);
            bool isConstant = Array.TrueForAll(inputs, input => input.IsConstant);
            return new GraphValue(node.Output, _type(node, inputs), shape, isConstant);
        }

        /// <summary>Multiply-adds for one sprite, or what takes as long.</summary>
        internal long Work(GraphValue[] inputs, GraphValue output) => _work(inputs, output);

        private static bool Fits(GraphValue value, Operand operand)
        {
            switch (operand)
            {
                case Operand.Float: return value.Type == TensorInfo.Float;
                case Operand.Weights: return value.Type == TensorInfo.Float && value.IsConstant;
                case Operand.Condition: return value.Type == TensorInfo.Bool;
                case Operand.Places: return value.Type == TensorInfo.Int32;
                case Operand.Integers: return value.Integers != null && value.Shape.Length == 1;
                default: return true;
            }
        }

        private static Operator Add(string name, Func<GraphNode, GraphValue[], int[]> shape, params Operand[] operands) =>
            Add(name, shape, operands.Length, operands);

        private static Operator Add(string name, Func<GraphNode, GraphValue[], int[]> shape, int least,
            params Operand[] operands) => All[name] = new Operator(name, shape, least, operands);

        private Operator With(params string[] attributes) =>
            All[Name] = new Operator(Name, _shape, _least, _operands, attributes);
    }
}
