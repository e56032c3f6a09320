using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Trainer.Reference;

/// <summary>
/// A graph with seeded numbers for all that comes in, so that ONNX Runtime in single precision and the interpreter in double can be
/// asked for the same values.
/// </summary>
internal sealed class Trial(long seed = 1, Graph? graph = null)
{
    private readonly List<(Value Value, Func<double, double> Shape)> _weights = [];
    private readonly Dictionary<Value, double[]> _feeds = [];
    private Value? _flat;
    private int _stream;

    public Graph Graph { get; } = graph ?? new Graph();

    public IReadOnlyDictionary<Value, double[]> Feeds => _feeds;

    /// <summary>All parameters, flat: numbers that a float holds exactly. Drawn for the parameters made here; given for those of a model.</summary>
    public double[] Weights => Given ?? [.. _weights.SelectMany((weight, i) => Draw(weight.Value.Count, 1000 + i).Select(x => (double)(float)weight.Shape(x)))];

    public double[]? Given { get; init; }

    /// <summary>A parameter of standard normals.</summary>
    public Value Any(params int[] shape) => Parameter(x => x, shape);

    /// <summary>A parameter of numbers from 0.5 up.</summary>
    public Value Positive(params int[] shape) => Parameter(x => 0.5 + Math.Abs(x), shape);

    /// <summary>A parameter of numbers that keep away from 0, where some functions have a kink.</summary>
    public Value OffZero(params int[] shape) => Parameter(x => x + (0.1 * Math.Sign(x)), shape);

    /// <summary>Standard normals that no gradient is asked for.</summary>
    public Value Fixed(params int[] shape)
    {
        int count = shape.Aggregate(1, (product, side) => product * side);
        return Graph.Constant([.. Draw(count, _stream++).Select(x => (float)x)], shape);
    }

    /// <summary>An input of whole numbers from 0 up to a bound.</summary>
    public Value Whole(ElementType type, int bound, params int[] shape)
    {
        Value value = Graph.Input("whole", type, shape);
        var draws = new Sampler(seed, _stream++);
        return Feed(value, [.. Enumerable.Range(0, value.Count).Select(i => (double)draws.Below(bound, i))]);
    }

    public Value Feed(Value value, double[] data)
    {
        _feeds.Add(value, data);
        return value;
    }

    /// <summary>By ONNX Runtime, as a training session would compute it.</summary>
    public Tensor[] ByOnnxRuntime(params Value[] wanted)
    {
        double[] weights = Weights;
        _flat ??= Graph.Input("flat", ElementType.Float, Math.Max(1, weights.Length));
        byte[] model = OnnxWriter.WriteTrainable(Graph, _flat, [.. _feeds.Keys, _flat], [.. wanted.Select((value, i) => (value, $"out{i}"))]);
        var inputs = _feeds.Select(pair => (pair.Key.Name, pair.Key.Type, pair.Key.Shape, pair.Value))
            .Append((_flat.Name, _flat.Type, _flat.Shape, weights.Length == 0 ? [0.0] : weights));
        Dictionary<string, Tensor> outputs = OnnxRun.Run(model, inputs);
        return [.. wanted.Select((_, i) => outputs[$"out{i}"])];
    }

    /// <summary>By the interpreter.</summary>
    public Tensor[] ByInterpreter(params Value[] wanted) => Interpreter.Run(Graph, Weights, _feeds, wanted);

    /// <summary>d loss / d weights by central differences of the interpreter's loss.</summary>
    public double[] Differences(Value loss, double step = 1e-5)
    {
        double[] weights = Weights;
        double At(int i, double value)
        {
            double kept = weights[i];
            weights[i] = value;
            double result = Interpreter.Run(Graph, weights, _feeds, loss)[0].Data[0];
            weights[i] = kept;
            return result;
        }
        return [.. weights.Select((w, i) => (At(i, w + step) - At(i, w - step)) / (2 * step))];
    }

    /// <summary>|a - b| / |b|, Euclidean.</summary>
    public static double RelativeError(double[] a, double[] b)
    {
        if (a.Length != b.Length) return double.PositiveInfinity;
        double gap = Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum()), size = Math.Sqrt(b.Sum(y => y * y));
        return gap == 0 ? 0 : gap / Math.Max(size, 1e-30);
    }

    private Value Parameter(Func<double, double> form, int[] shape)
    {
        Value value = Graph.Parameter("p", 1f, shape);
        _weights.Add((value, form));
        return value;
    }

    private IEnumerable<double> Draw(int count, int stream)
    {
        var normals = new Sampler(seed, stream);
        return Enumerable.Range(0, count).Select(i => (double)normals.Normal(i));
    }
}
