using System.Collections.Generic;
using System.Linq;
using TorchSharp.Modules;
using VaeContent.Trainer.Export.Onnx;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model;

/// <summary>Blocks one after the other.</summary>
internal sealed class Stack : Block
{
    private readonly ModuleList<Block> _blocks;

    public Stack(string name, IEnumerable<Block> blocks) : base(name)
    {
        _blocks = new ModuleList<Block>([.. blocks]);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => _blocks.Aggregate(x, (y, block) => block.call(y));

    public override OnnxValue ToOnnx(OnnxGraph g, OnnxValue x) => _blocks.Aggregate(x, (y, block) => block.ToOnnx(g, y));
}

/// <summary>What libtorch's tensors are to the writer of ONNX files.</summary>
internal static class TensorExport
{
    /// <summary>A tensor's numbers, row-major.</summary>
    public static float[] ToArray(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().to(ScalarType.Float32).contiguous().data<float>().ToArray();
    }

    /// <inheritdoc cref="OnnxGraph.Weight(string, float[], int[], int)"/>
    public static OnnxValue Weight(this OnnxGraph g, string name, Tensor weights, int inputAxis) =>
        g.Weight(name, weights.ToArray(), [.. weights.shape.Select(side => (int)side)], inputAxis);
}
