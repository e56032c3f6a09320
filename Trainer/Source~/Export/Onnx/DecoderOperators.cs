using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Internal.Graphs;

namespace VaeContent.Trainer.Export.Onnx;

/// <summary>
/// What a shipped decoder may be made of, so that all of it runs on a GPU: operators on floats that DirectML and WebGPU have.
/// Tests/Source~/Gpu has seen each of them run there; with a new <see cref="Operator"/>, add a bundle there that uses it.
/// </summary>
internal static class DecoderOperators
{
    // Those that a game takes; rows are gathered from constants alone, when a session starts.
    private static readonly HashSet<string> Allowed = [.. Operator.Names.Where(name => name != "Gather")];

    /// <summary>Throws where a model uses another opset, another operator, or computes 64-bit integers.</summary>
    /// <exception cref="InvalidOperationException">The message names the operators.</exception>
    public static byte[] Check(byte[] file)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(file);
        if (model.OpsetImport.Count != 1 || model.OpsetImport[0].Domain.Length > 0
            || model.OpsetImport[0].Version != OnnxGraph.Opset)
            throw new InvalidOperationException(
                $"the decoder uses the operator sets {string.Join(", ", model.OpsetImport)}, expected {OnnxGraph.Opset} alone");
        // What depends on constants alone is computed when a session starts.
        HashSet<string> constants = [.. model.Graph.Initializer.Select(tensor => tensor.Name)];
        NodeProto[] running = [.. model.Graph.Node.Where(node =>
            !(node.Input.All(constants.Contains) && node.Output.All(constants.Add)))];
        string[] others = [.. running.Select(node => node.OpType).Where(type => !Allowed.Contains(type)).Distinct()];
        if (others.Length > 0)
            throw new InvalidOperationException(
                $"the decoder uses {string.Join(", ", others)}, not seen on a GPU yet; see {nameof(DecoderOperators)}");
        if (running.Any(node => node.OpType == "Cast"
            && node.Attribute.Any(to => to.I == (long)TensorProto.Types.DataType.Int64)))
            throw new InvalidOperationException("the decoder computes 64-bit integers, which GPUs support poorly or not at all");
        return file;
    }
}
