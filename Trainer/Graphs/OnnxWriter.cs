using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Google.Protobuf;
using VaeContent.Trainer.Graphs.Onnx;
using DataType = VaeContent.Trainer.Graphs.Onnx.TensorProto.Types.DataType;

namespace VaeContent.Trainer.Graphs;

/// <summary>Writes a part of a <see cref="Graph"/> as an ONNX model: only the nodes that the wanted outputs need.</summary>
internal sealed class OnnxWriter
{
    /// <summary>Version of the operator set that all graphs are written in.</summary>
    public const int Opset = 17;

    private const int IrVersion = 8;

    private readonly Graph _graph;
    private readonly GraphProto _proto = new() { Name = "vae" };
    private readonly Dictionary<Value, string> _names = [];
    private readonly bool _anyBatch;
    private readonly float[]? _weights;
    private readonly WeightPrecision _precision;
    private readonly Value? _flatWeights;
    private IReadOnlyDictionary<string, double[]> _moments = new Dictionary<string, double[]>();
    private int? _batch; // that of the first input

    private OnnxWriter(Graph graph, bool anyBatch, float[]? weights, WeightPrecision precision, Value? flatWeights)
    {
        _graph = graph;
        _anyBatch = anyBatch;
        _weights = weights;
        _precision = precision;
        _flatWeights = flatWeights;
    }

    /// <summary>A graph whose parameters are cut out of the input <paramref name="flatWeights"/> at each run: for training.</summary>
    public static byte[] WriteTrainable(Graph graph, Value flatWeights, IReadOnlyList<Value> inputs, IReadOnlyList<(Value Value, string Name)> outputs)
    {
        var writer = new OnnxWriter(graph, anyBatch: false, null, WeightPrecision.Float32, flatWeights);
        foreach (Value input in inputs) writer.AddInput(input, input.Name);
        return writer.Finish(outputs, new Dictionary<string, string>());
    }

    /// <summary>
    /// A graph with its weights inside, for any batch size. <paramref name="inputs"/> are where it is entered (inputs of the graph or
    /// computed values whose producers are then left out). <paramref name="precision"/> is how large parameters are stored; the nodes that
    /// turn them back to floats have constant inputs, so ONNX Runtime computes them once, when it loads the model.
    /// With <paramref name="moments"/>, by parameter, bytes are fitted to what comes in: see <see cref="CalibratedSteps"/>.
    /// </summary>
    public static byte[] WriteFrozen(Graph graph, float[] weights, IReadOnlyList<(Value Value, string Name)> inputs,
        IReadOnlyList<(Value Value, string Name)> outputs, IReadOnlyDictionary<string, string> metadata,
        WeightPrecision precision = WeightPrecision.Float32, IReadOnlyDictionary<string, double[]>? moments = null)
    {
        var writer = new OnnxWriter(graph, anyBatch: true, weights, precision, null);
        if (moments is not null) writer._moments = moments;
        foreach (var (value, name) in inputs) writer.AddInput(value, name);
        return writer.Finish(outputs, metadata);
    }

    private byte[] Finish(IReadOnlyList<(Value Value, string Name)> outputs, IReadOnlyDictionary<string, string> metadata)
    {
        var needed = new HashSet<Node>();
        foreach (var (value, _) in outputs) Need(value, needed);
        foreach (Parameter parameter in _graph.Parameters)
            if (IsUsed(parameter.Value, needed)) AddParameter(parameter);
        // What is computed here carries its public name from the start: a renaming node would cost a copy.
        foreach (var (value, name) in outputs)
        {
            _names.Add(value, name);
            _proto.Output.Add(Info(name, value));
        }
        foreach (Node node in _graph.Nodes.Where(needed.Contains)) AddNode(node);

        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "VaeContent", Graph = _proto };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = Opset });
        foreach (var (key, value) in metadata) model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model.ToByteArray();
    }

    private void Need(Value start, HashSet<Node> needed)
    {
        var open = new Stack<Value>([start]);
        while (open.TryPop(out Value? value))
        {
            if (_names.ContainsKey(value) || value.Producer is not { } node || !needed.Add(node)) continue;
            foreach (Value input in node.Inputs) open.Push(input);
        }
    }

    private static bool IsUsed(Value parameter, HashSet<Node> needed)
    {
        foreach (Node node in needed)
        {
            foreach (Value input in node.Inputs)
                if (ReferenceEquals(input, parameter)) return true;
        }
        return false;
    }

    private void AddInput(Value value, string name)
    {
        _names.Add(value, name);
        _proto.Input.Add(Info(name, value));
    }

    private void AddParameter(Parameter parameter)
    {
        Value value = parameter.Value;
        _names.Add(value, value.Name);
        if (_weights is not null)
        {
            AddWeights(value, _weights.AsSpan(parameter.Offset, value.Count));
            return;
        }
        string part = value.Name + ".flat";
        var slice = new NodeProto { OpType = "Slice", Input = { _names[_flatWeights!] }, Output = { part } };
        foreach (long bound in new long[] { parameter.Offset, parameter.Offset + value.Count })
            slice.Input.Add(AddIntegers([bound]));
        _proto.Node.Add(slice);
        _proto.Node.Add(new NodeProto { OpType = "Reshape", Input = { part, AddIntegers(Array.ConvertAll(value.Shape, d => (long)d)) }, Output = { value.Name } });
    }

    private void AddWeights(Value value, ReadOnlySpan<float> weights)
    {
        string packed = value.Name + ".packed";
        switch (CompactWeights.Apply(value.Shape) ? _precision : WeightPrecision.Float32)
        {
            case WeightPrecision.Float32:
                _proto.Initializer.Add(Tensor(value.Name, DataType.Float, value.Shape, weights));
                break;
            case WeightPrecision.Float16:
                _proto.Initializer.Add(Tensor<Half>(packed, DataType.Float16, value.Shape, CompactWeights.ToHalf(weights)));
                AddCastToFloat(packed, value.Name);
                break;
            case WeightPrecision.Int8:
                string scale = value.Name + ".scale", steps = value.Name + ".steps";
                CompactWeights.ByteSteps found = CompactWeights.ToSteps(weights, value.Shape, _moments.GetValueOrDefault(value.Name));
                _proto.Initializer.Add(Tensor<sbyte>(packed, DataType.Int8, value.Shape, found.Steps));
                _proto.Initializer.Add(Tensor<float>(scale, DataType.Float, found.ScaleShape, found.Scales));
                AddCastToFloat(packed, steps);
                _proto.Node.Add(new NodeProto { OpType = "Mul", Name = value.Name, Input = { steps, scale }, Output = { value.Name } });
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), _precision, "unknown precision");
        }
    }

    private void AddCastToFloat(string from, string to) => _proto.Node.Add(new NodeProto
    {
        OpType = "Cast",
        Name = to,
        Input = { from },
        Output = { to },
        Attribute = { new AttributeProto { Name = "to", I = (long)DataType.Float, Type = AttributeProto.Types.AttributeType.Int } },
    });

    private void AddNode(Node node)
    {
        _names.TryAdd(node.Output, node.Output.Name);
        var proto = new NodeProto { OpType = node.OpType, Name = node.Output.Name, Output = { _names[node.Output] } };
        foreach (Value input in node.Inputs) proto.Input.Add(NameOf(input));
        foreach (var (name, value) in node.Attributes)
        {
            if (Attribute(name, value) is { } attribute) proto.Attribute.Add(attribute);
        }
        _proto.Node.Add(proto);
    }

    private string NameOf(Value value)
    {
        if (_names.TryGetValue(value, out string? name)) return name;
        if (value.Constant is null) throw new InvalidOperationException($"{value} is neither computed nor an input of the part that is written");
        _names.Add(value, value.Name);
        _proto.Initializer.Add(value.Constant is long[] integers
            ? Tensor<long>(value.Name, DataType.Int64, value.Shape, integers)
            : Tensor<float>(value.Name, DataType.Float, value.Shape, (float[])value.Constant));
        return value.Name;
    }

    private string AddIntegers(long[] data)
    {
        string name = $"i{_proto.Initializer.Count}";
        _proto.Initializer.Add(Tensor<long>(name, DataType.Int64, [data.Length], data));
        return name;
    }

    private static TensorProto Tensor<T>(string name, DataType type, int[] shape, ReadOnlySpan<T> data) where T : struct
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(data)) };
        foreach (int dimension in shape) tensor.Dims.Add(dimension);
        return tensor;
    }

    // Attributes whose names start with # or that are no ONNX type are this project's own notes on a node.
    private static AttributeProto? Attribute(string name, object value) => value switch
    {
        _ when name[0] == '#' => null,
        long i => new AttributeProto { Name = name, I = i, Type = AttributeProto.Types.AttributeType.Int },
        float f => new AttributeProto { Name = name, F = f, Type = AttributeProto.Types.AttributeType.Float },
        string s => new AttributeProto { Name = name, S = ByteString.CopyFromUtf8(s), Type = AttributeProto.Types.AttributeType.String },
        long[] list => new AttributeProto { Name = name, Ints = { list }, Type = AttributeProto.Types.AttributeType.Ints },
        _ => null,
    };

    private ValueInfoProto Info(string name, Value value)
    {
        var shape = new TensorShapeProto();
        for (int i = 0; i < value.Shape.Length; i++)
        {
            // What is not a row a sprite has a name of its own, or ONNX Runtime would take it for as many rows.
            shape.Dim.Add(i == 0 && _anyBatch
                ? new TensorShapeProto.Types.Dimension { DimParam = value.Shape[0] == (_batch ??= value.Shape[0]) ? "N" : "N_" + name }
                : new TensorShapeProto.Types.Dimension { DimValue = value.Shape[i] });
        }
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)value.Type, Shape = shape } },
        };
    }
}
