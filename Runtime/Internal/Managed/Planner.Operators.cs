using System;
using System.Collections.Generic;
using System.IO;
using VaeContent.Internal.Graphs;

namespace VaeContent.Internal.Managed
{
    /// <summary>The operators that the exporter writes: sizes of what they make, and the steps that make it.</summary>
    internal sealed partial class Planner
    {
        private const string OtherAttributes = "has other attributes than the exporter writes";

        private static readonly Dictionary<string, Function> Functions = new Dictionary<string, Function>(StringComparer.Ordinal)
        {
            ["Add"] = Function.Add,
            ["Sub"] = Function.Sub,
            ["Mul"] = Function.Mul,
            ["Div"] = Function.Div,
            ["Max"] = Function.Max,
            ["GreaterOrEqual"] = Function.GreaterOrEqual,
            ["Neg"] = Function.Neg,
            ["Relu"] = Function.Relu,
            ["LeakyRelu"] = Function.LeakyRelu,
            ["Sigmoid"] = Function.Sigmoid,
            ["Tanh"] = Function.Tanh,
            ["Where"] = Function.Where,
        };

        /// <summary>What is the same elements in another shape, or of a type that floats stand for; null for all else.</summary>
        private static Value? Shape(GraphNode node, Value[] inputs)
        {
            if (node.Type == "Reshape") return Reshape(node, inputs);
            bool isAlias = node.Type == "Cast" && node.Int("to", 0) == TensorInfo.Float && !inputs[0].IsBytes;
            return isAlias ? inputs[0] : null;
        }

        private static Value Reshape(GraphNode node, Value[] inputs)
        {
            if (inputs.Length != 2 || !(inputs[1].Integers is long[] asked)) throw Problem(node, "has no constant shape");
            var dims = (long[])asked.Clone();
            int free = Array.IndexOf(dims, -1L);
            long known = 1;
            for (int i = 0; i < dims.Length; i++)
            {
                if (dims[i] == 0 && i < inputs[0].Shape.Length) dims[i] = inputs[0].Shape[i];
                if (i != free) known = checked(known * Math.Max(1, Math.Min(dims[i], Shapes.MostElements)));
                if (known > Shapes.MostElements) throw Problem(node, "makes too large a tensor");
            }

            if (free >= 0) dims[free] = inputs[0].Count / known;
            var shape = Shapes.Checked(dims);
            if (Shapes.Count(shape) != inputs[0].Count) throw DoNotFit(node, inputs);
            return new Value(node.Output, shape, inputs[0]) { IsBytes = inputs[0].IsBytes };
        }

        private Value BuildStep(GraphNode node, Value[] inputs)
        {
            foreach (var input in inputs)
            {
                if (input.IsBytes && node.Type != "Cast") throw Problem(node, "reads bytes");
            }

            if (Functions.TryGetValue(node.Type, out var function)) return Fuse(node, function, inputs);
            switch (node.Type)
            {
                case "Cast": return Cast(node, inputs[0]);
                case "Gemm": return Gemm(node, inputs);
                case "MatMul": return MatMul(node, inputs);
                case "Conv": return Convolution(node, inputs, isTransposed: false);
                case "ConvTranspose": return Convolution(node, inputs, isTransposed: true);
                case "Concat": return Concat(node, inputs);
                case "Slice": return Slice(node, inputs);
                case "Transpose": return Transpose(node, inputs[0]);
                case "DepthToSpace": return DepthToSpace(node, inputs[0]);
                case "ReduceMax": return ReduceMax(node, inputs[0]);
                case "Gather": return Gather(node, inputs);
                case "GatherElements": return GatherElements(node, inputs);
                default: throw Problem(node, "is not an operator of a bundle");
            }
        }

        private Value Fuse(GraphNode node, Function function, Value[] inputs)
        {
            int count = function == Function.Where ? 3 : function < Function.Neg ? 2 : 1;
            if (inputs.Length != count) throw Problem(node, "has " + inputs.Length + " inputs, expected " + count);
            int[]? shape = inputs[0].Shape;
            for (int i = 1; i < count && shape != null; i++) shape = Shapes.Broadcast(shape, inputs[i].Shape);
            if (shape == null) throw DoNotFit(node, inputs);
            if (_open == null || !_open.Takes(shape))
            {
                CloseElementwise();
                _open = new ElementwiseStep(shape);
            }

            var to = new Value(node.Output, shape);
            _open.Add(function, to, node.Float("alpha", 0.01f), inputs);
            _openNodes.Add(node);
            return to;
        }

        private Value Cast(GraphNode node, Value from)
        {
            long type = node.Int("to", 0);
            if (from.IsBytes && type == TensorInfo.Float)
            {
                var floats = new Value(node.Output, from.Shape);
                _steps.Add(new FromBytesStep(from, floats));
                return floats;
            }

            // Indices are whole numbers already.
            if (!from.IsBytes && type == TensorInfo.Int32) return new Value(node.Output, from.Shape, from);
            if (from.IsBytes || type != TensorInfo.UInt8) throw Problem(node, "casts to the type " + type);
            var bytes = new Value(node.Output, from.Shape) { IsBytes = true };
            _steps.Add(new ToBytesStep(from, bytes));
            return bytes;
        }

        private Value Gemm(GraphNode node, Value[] inputs)
        {
            Value a = inputs[0], b = inputs[1];
            Value? c = inputs.Length > 2 ? inputs[2] : null;
            bool isPlain = node.Int("transA", 0) == 0 && node.Int("transB", 0) == 0 && node.Float("beta", 1f) == 1f;
            if (!isPlain) throw Problem(node, OtherAttributes);
            if (a.Shape.Length != 2 || b.Shape.Length != 2 || a.Shape[1] != b.Shape[0]) throw DoNotFit(node, inputs);
            int rows = a.Shape[0], depth = a.Shape[1], columns = b.Shape[1];
            var shape = Shapes.Checked(rows, columns);
            if (c != null)
            {
                var both = Shapes.Broadcast(c.Shape, shape);
                bool fits = both != null && Shapes.Same(both, shape) && (c.Count == columns || c.Count == shape[0] * columns);
                if (!fits) throw DoNotFit(node, inputs);
            }

            var to = new Value(node.Output, shape);
            bool packed = b.IsConstant;
            if (packed)
            {
                // By the weights: a prior's network takes the same ones in every step.
                b = Prepared(b.Root.Name + " " + depth, () =>
                {
                    float[] panels = ProductStep.Pack(b.Root.Data, depth, columns);
                    return Value.Constant(b.Name, new[] { panels.Length }, panels);
                });
            }

            var start = new int[1];
            _steps.Add(new ProductStep(a, b, packed, c, to, (rows, depth, columns), node.Float("alpha", 1f), start, start));
            return to;
        }

        private Value MatMul(GraphNode node, Value[] inputs)
        {
            Value a = inputs[0], b = inputs[1];
            if (a.Shape.Length < 2 || b.Shape.Length < 2 || Shapes.FromEnd(a.Shape, 0) != Shapes.FromEnd(b.Shape, 1))
            {
                throw DoNotFit(node, inputs);
            }

            int rows = Shapes.FromEnd(a.Shape, 1), depth = Shapes.FromEnd(a.Shape, 0), columns = Shapes.FromEnd(b.Shape, 0);
            int[] aOuter = a.Shape.AsSpan(0, a.Shape.Length - 2).ToArray();
            int[] bOuter = b.Shape.AsSpan(0, b.Shape.Length - 2).ToArray();
            var outer = Shapes.Broadcast(aOuter, bOuter) ?? throw DoNotFit(node, inputs);
            var dims = new long[outer.Length + 2];
            outer.CopyTo(dims, 0);
            dims[outer.Length] = rows;
            dims[outer.Length + 1] = columns;
            var to = new Value(node.Output, Shapes.Checked(dims));
            _steps.Add(new ProductStep(a, b, false, null, to, (rows, depth, columns), 1f,
                Starts(outer, aOuter, rows * depth), Starts(outer, bOuter, depth * columns)));
            return to;
        }

        // Where each matrix lies, of a tensor whose outer dimensions are broadcast.
        private static int[] Starts(int[] outer, int[] own, int size)
        {
            var starts = new int[Shapes.Count(outer)];
            for (int i = 0; i < starts.Length; i++)
            {
                for (int d = 0, rest = i, step = size; d < outer.Length; rest /= outer[outer.Length - 1 - d++])
                {
                    int side = Shapes.FromEnd(own, d);
                    if (side > 1) starts[i] += rest % Shapes.FromEnd(outer, d) * step;
                    step *= side;
                }
            }

            return starts;
        }

        private Value Convolution(GraphNode node, Value[] inputs, bool isTransposed)
        {
            Value x = inputs[0], w = inputs[1];
            Value? bias = inputs.Length > 2 ? inputs[2] : null;
            if (x.Shape.Length != 4 || w.Shape.Length != 4 || !w.IsConstant) throw DoNotFit(node, inputs);
            int[] strides = Ints(node, "strides", 1, 1), pads = Ints(node, "pads", 0, 0, 0, 0);
            int[] more = Ints(node, "output_padding", 0, 0), dilations = Ints(node, "dilations", 1);
            bool isKnown = node.Int("group", 1) == 1 && strides.Length == 2 && strides[0] == strides[1] && pads.Length == 4
                && strides[0] >= 1 && strides[0] <= 4 && more.Length == 2 && Array.TrueForAll(dilations, d => d == 1)
                && Array.TrueForAll(pads, pad => pad >= 0 && pad <= 16) && Array.TrueForAll(more, pad => pad >= 0 && pad <= 4);
            if (!isKnown) throw Problem(node, OtherAttributes);
            int outputs = w.Shape[isTransposed ? 1 : 0], stride = strides[0];
            bool fits = w.Shape[isTransposed ? 0 : 1] == x.Shape[1] && (bias == null || bias.Count == outputs);
            if (!fits) throw DoNotFit(node, inputs);
            long Side(int i)
            {
                int around = pads[i] + pads[2 + i], side = x.Shape[2 + i], kernel = w.Shape[2 + i];
                return isTransposed ? (long)stride * (side - 1) + more[i] + kernel - around
                    : (side + around - kernel) / stride + 1;
            }

            var to = new Value(node.Output, Shapes.Checked(x.Shape[0], outputs, Side(0), Side(1)));
            var weights = Prepared(node.Output, () => isTransposed ? ConvolutionWeights.Transposed(w, stride, pads[0], pads[1])
                : ConvolutionWeights.Convolution(w, stride, pads[0], pads[1]));
            _steps.Add(new ConvolutionStep(x, weights, bias, to));
            return to;
        }

        private T Prepared<T>(string name, Func<T> make) where T : class
        {
            if (_prepared.TryGetValue(name, out object found)) return (T)found;
            var made = make();
            _prepared[name] = made;
            return made;
        }

        private static int[] Ints(GraphNode node, string name, params int[] otherwise) =>
            Array.ConvertAll(node.Ints(name, Array.ConvertAll(otherwise, number => (long)number)), Shapes.ToInt);

        private static InvalidDataException Problem(GraphNode node, string what) =>
            new InvalidDataException("its node " + Errors.Show(node.Output) + " (" + Errors.Show(node.Type) + ") " + what);

        private static InvalidDataException DoNotFit(GraphNode node, Value[] inputs)
        {
            var shapes = Array.ConvertAll(inputs, input => "(" + string.Join(",", input.Shape) + ")");
            return Problem(node, "reads tensors that do not fit: " + string.Join(" ", shapes));
        }
    }
}
