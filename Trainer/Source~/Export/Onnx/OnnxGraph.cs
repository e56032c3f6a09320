using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Google.Protobuf;
using AttributeType = VaeContent.Trainer.Export.Onnx.AttributeProto.Types.AttributeType;

namespace VaeContent.Trainer.Export.Onnx;

/// <summary>
/// An ONNX graph under construction, forward only. A node is written the moment its operator is called; shapes are inferred and
/// checked then. The batch is free: the first dimension of every shape counts the rows of one sprite, and is written as "whatever
/// is left". The operators are in the other parts of this class.
/// </summary>
internal sealed partial class OnnxGraph
{
    /// <summary>Version of the operator set that all graphs are written in.</summary>
    public const int Opset = 17;

    private const int IrVersion = 8;

    private readonly GraphProto _graph = new() { Name = "vae" };
    private readonly Dictionary<string, OnnxValue> _integers = [];
    private readonly WeightPrecision _precision;
    private readonly IReadOnlyDictionary<string, double[]>? _moments;
    private int _count;

    /// <summary>An empty graph.</summary>
    /// <param name="precision">How large weights are stored.</param>
    /// <param name="moments">Int8: what comes in, by the name of the weights; see <see cref="CalibratedSteps"/>.</param>
    public OnnxGraph(WeightPrecision precision = WeightPrecision.Float32, IReadOnlyDictionary<string, double[]>? moments = null)
    {
        _precision = precision;
        _moments = moments;
    }

    /// <summary>Declares an input.</summary>
    public OnnxValue Input(string name, ElementType type, params int[] shape)
    {
        var value = new OnnxValue(name, type, shape);
        _graph.Input.Add(Info(value));
        return value;
    }

    /// <summary>Declares an output: <paramref name="value"/> under a public name.</summary>
    public void Output(OnnxValue value, string name)
    {
        // The node that computes it carries the name: a renaming node would cost a copy.
        foreach (NodeProto node in _graph.Node)
        {
            Rename(node.Input);
            Rename(node.Output);
        }
        _graph.Output.Add(Info(value with { Name = name }));

        void Rename(Google.Protobuf.Collections.RepeatedField<string> names)
        {
            for (int i = 0; i < names.Count; i++) if (names[i] == value.Name) names[i] = name;
        }
    }

    /// <summary>A float constant; a scalar when no shape is given.</summary>
    public OnnxValue Constant(float value) => Constant([value]);

    /// <summary>A float tensor, row-major.</summary>
    public OnnxValue Constant(float[] data, params int[] shape)
    {
        if (data.Length != Count(shape)) throw new ArgumentException(
            $"{data.Length} numbers do not fill ({string.Join(',', shape)})", nameof(data));
        return Initializer<float>(Unique("c"), ElementType.Float, TensorProto.Types.DataType.Float, shape, data);
    }

    /// <summary>Bytes that are carried along, under a name of their own.</summary>
    public void Bytes(string name, byte[] data) =>
        Initializer<byte>(name, ElementType.UInt8, TensorProto.Types.DataType.Uint8, [data.Length], data);

    /// <summary>
    /// A trained tensor. <paramref name="inputAxis"/> says which of its first two sides the inputs lie on; the other one is that
    /// of the channels, each of which has its own scale in int8.
    /// </summary>
    public OnnxValue Weight(string name, float[] data, int[] shape, int inputAxis)
    {
        string packed = name + ".packed";
        switch (CompactWeights.Apply(shape) ? _precision : WeightPrecision.Float32)
        {
            case WeightPrecision.Float32:
                return Initializer<float>(name, ElementType.Float, TensorProto.Types.DataType.Float, shape, data);
            case WeightPrecision.Float16:
                OnnxValue half = Initializer<Half>(packed, ElementType.Float, TensorProto.Types.DataType.Float16, shape,
                    CompactWeights.ToHalf(data));
                return ToFloat(half, name);
            case WeightPrecision.Int8:
                CompactWeights.ByteSteps found = CompactWeights.ToSteps(data, shape, inputAxis,
                    _moments?.GetValueOrDefault(name));
                OnnxValue stored = Initializer<sbyte>(packed, ElementType.Float, TensorProto.Types.DataType.Int8, shape,
                    found.Steps);
                OnnxValue steps = ToFloat(stored, name + ".steps");
                OnnxValue scale = Initializer<float>(name + ".scale", ElementType.Float, TensorProto.Types.DataType.Float,
                    found.ScaleShape, found.Scales);
                return Mul(steps, scale);
            default:
                throw new ArgumentOutOfRangeException(nameof(name), _precision, "unknown precision");
        }
    }

    /// <summary>The finished file.</summary>
    public byte[] ToBytes(IReadOnlyDictionary<string, string>? metadata = null)
    {
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "VaeContent", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = Opset });
        foreach (var (key, value) in metadata ?? new Dictionary<string, string>())
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model.ToByteArray();
    }

    /// <summary>How many elements a sprite has in a shape.</summary>
    internal static int Count(IEnumerable<int> shape) => shape.Aggregate(1, (product, side) => product * side);

    private OnnxValue Emit(string type, int[] shape, OnnxValue[] inputs, params (string Name, object Value)[] attributes) =>
        Emit(type, inputs[0].Type, shape, inputs, attributes);

    private OnnxValue Emit(string type, ElementType element, int[] shape, OnnxValue[] inputs,
        params (string Name, object Value)[] attributes)
    {
        var output = new OnnxValue(Unique(type), element, shape);
        var node = new NodeProto { OpType = type, Name = output.Name, Output = { output.Name } };
        node.Input.AddRange(inputs.Select(input => input.Name));
        node.Attribute.AddRange(attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)));
        _graph.Node.Add(node);
        return output;
    }

    // Turned back to floats from constants: ONNX Runtime computes it once, when it loads the model.
    private OnnxValue ToFloat(OnnxValue packed, string name)
    {
        var value = new OnnxValue(name, ElementType.Float, packed.Shape);
        _graph.Node.Add(new NodeProto
        {
            OpType = "Cast",
            Name = name,
            Input = { packed.Name },
            Output = { name },
            Attribute = { Attribute("to", (long)ElementType.Float) }
        });
        return value;
    }

    private OnnxValue Integers(params long[] data)
    {
        string key = string.Join(',', data);
        if (!_integers.TryGetValue(key, out OnnxValue? value))
            _integers[key] = value = Initializer<long>(Unique("i"), ElementType.Int64, TensorProto.Types.DataType.Int64,
                [data.Length], data);
        return value;
    }

    private OnnxValue Initializer<T>(string name, ElementType type, TensorProto.Types.DataType stored, int[] shape,
        ReadOnlySpan<T> data) where T : struct
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)stored,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(data))
        };
        tensor.Dims.AddRange(shape.Select(side => (long)side));
        _graph.Initializer.Add(tensor);
        return new OnnxValue(name, type, shape);
    }

    private string Unique(string name) => $"{name}_{_count++}";

    private static AttributeProto Attribute(string name, object value) => value switch
    {
        long i => new AttributeProto { Name = name, I = i, Type = AttributeType.Int },
        float f => new AttributeProto { Name = name, F = f, Type = AttributeType.Float },
        string s => new AttributeProto { Name = name, S = ByteString.CopyFromUtf8(s), Type = AttributeType.String },
        long[] list => new AttributeProto { Name = name, Ints = { list }, Type = AttributeType.Ints },
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "no such attribute"),
    };

    private static ValueInfoProto Info(OnnxValue value)
    {
        var shape = new TensorShapeProto();
        // What has several rows a sprite gets its own name, or ONNX Runtime would take it for as many rows as sprites.
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = value.Shape[0] == 1 ? "N" : "N_" + value.Name });
        shape.Dim.AddRange(value.Shape.Skip(1).Select(side => new TensorShapeProto.Types.Dimension { DimValue = side }));
        return new ValueInfoProto
        {
            Name = value.Name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)value.Type, Shape = shape } }
        };
    }
}

/// <summary>One tensor of a graph.</summary>
/// <param name="Name">Unique in its graph.</param>
/// <param name="Type">What it is made of.</param>
/// <param name="Shape">Its dimensions for one sprite; none for a scalar.</param>
internal sealed record OnnxValue(string Name, ElementType Type, int[] Shape)
{
    /// <summary>How many elements a sprite has.</summary>
    public int Count => OnnxGraph.Count(Shape);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}({string.Join(',', Shape)})";
}

/// <summary>What a tensor is made of; the numbers are ONNX's data type codes.</summary>
internal enum ElementType
{
    /// <summary>32-bit floating point.</summary>
    Float = 1,

    /// <summary>Bytes: pixels and palette indices.</summary>
    UInt8 = 2,

    /// <summary>Indices of a gather.</summary>
    Int32 = 6,

    /// <summary>Shapes and axes.</summary>
    Int64 = 7,

    /// <summary>Result of a comparison.</summary>
    Bool = 9,
}
