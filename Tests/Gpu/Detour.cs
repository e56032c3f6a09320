using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Google.Protobuf;
using VaeContent.Internal;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Tests.Gpu;

/// <summary>
/// Lets training run under Wine, whose Direct3D reads no DXIL: DirectML has its sums, products, quotients and maxima of two tensors of one
/// size that 4 divides in nothing else. Here they are computed twice, of (2, n) and (n), and one outcome is dropped: the same numbers.
/// And node by node: of a whole graph compiled as one, sums of squares came out wrong there.
/// </summary>
internal static class Detour
{
    private static readonly string[] Refused = ["Add", "Sub", "Mul", "Div", "Max"];

    public static bool IsNeeded => OperatingSystem.IsWindows() && NativeLibrary.TryLoad("ntdll.dll", out IntPtr ntdll) && NativeLibrary.TryGetExport(ntdll, "wine_get_version", out _);

    /// <summary>The same device, which compiles each node alone.</summary>
    public static ComputeDevice Of(ComputeDevice device) => new(device.Kind, device.Name, device.Provider, device.Source, device.TakesIndex, (settings, index) =>
    {
        device.Configure(settings, index);
        settings.AddSessionConfigEntry("ep.dml.disable_graph_fusion", "1");
    });

    /// <summary>The model, a part of the graph, with such nodes replaced.</summary>
    public static byte[] Of(byte[] file, Graph graph)
    {
        Dictionary<string, int[]> shapes = graph.Nodes
            .Where(node => Refused.Contains(node.OpType) && node.Output.Count % 4 == 0 && node.Inputs.All(input => input.Count == node.Output.Count))
            .ToDictionary(node => node.Output.Name, node => node.Output.Shape);
        ModelProto model = ModelProto.Parser.ParseFrom(file);
        GraphProto part = model.Graph;
        NodeProto[] nodes = [.. part.Node];
        part.Node.Clear();
        foreach (NodeProto node in nodes)
        {
            if (!shapes.TryGetValue(node.Name, out int[]? shape))
            {
                part.Node.Add(node);
                continue;
            }

            string name = node.Name;
            string Add(string suffix, string op, params string[] inputs)
            {
                var added = new NodeProto { Name = name + suffix, OpType = op, Output = { name + suffix } };
                added.Input.Add(inputs);
                part.Node.Add(added);
                return added.Output[0];
            }

            string Longs(string suffix, params long[] data)
            {
                part.Initializer.Add(new TensorProto { Name = name + suffix, DataType = (int)TensorProto.Types.DataType.Int64, Dims = { data.Length }, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<long>(data)) });
                return name + suffix;
            }

            int count = shape.Aggregate(1, (a, b) => a * b);
            string left = Add(".left", "Reshape", node.Input[0], Longs(".row", 1, count)), right = Add(".right", "Reshape", node.Input[1], Longs(".flat", count));
            string both = Add(".both", "Concat", left, left);
            part.Node[^1].Attribute.Add(new AttributeProto { Name = "axis", I = 0, Type = AttributeProto.Types.AttributeType.Int });
            string twice = Add(".twice", node.OpType, both, right);
            string once = Add(".once", "Slice", twice, Longs(".start", 0), Longs(".end", 1), Longs(".axis", 0));
            Add("", "Reshape", once, Longs(".shape", [.. shape.Select(d => (long)d)]));
            part.Node[^1].Output[0] = node.Output[0];
        }

        return model.ToByteArray();
    }
}
