using System.Linq;
using VaeContent.Trainer.Export.Onnx;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model;

/// <summary>
/// The label as the networks of a conditional model see it (Sohn et al. 2015): L weights, one per label. Labels that are made of
/// several columns are given column by column.
/// </summary>
internal sealed class LabelCondition : nn.Module<Tensor, Tensor>
{
    private readonly Tensor? _columns; // (L, values of all columns)

    public LabelCondition(ModelSpec spec) : base("label")
    {
        Size = spec.ConditionLabels;
        if (spec.LabelColumns.Count == 0) return;
        int[] sizes = [.. Enumerable.Range(0, spec.LabelColumns[0].Count)
            .Select(column => spec.LabelColumns.Max(row => row[column]) + 1)];
        Size = sizes.Sum();
        var oneHot = new float[spec.LabelColumns.Count, Size];
        for (int row = 0; row < spec.LabelColumns.Count; row++)
        {
            for (int column = 0; column < sizes.Length; column++)
                oneHot[row, sizes[..column].Sum() + spec.LabelColumns[row][column]] = 1f;
        }
        _columns = tensor(oneHot);
        register_buffer("columns", _columns, persistent: false);
    }

    /// <summary>How many numbers it becomes.</summary>
    public int Size { get; }

    /// <summary>What a network sees with what conditions it, side by side: (B, K), (B, Size), (B, A).</summary>
    public static Tensor Join(Tensor seen, Tensor? label, Tensor? augmentation) => label is null && augmentation is null ? seen
        : cat([.. new[] { seen, label, augmentation }.OfType<Tensor>()], 1);

    // (B, L) -> (B, Size)
    public override Tensor forward(Tensor label) => _columns is null ? label : label.mm(get_buffer("columns"));

    /// <inheritdoc cref="Block.ToOnnx"/>
    public OnnxValue ToOnnx(OnnxGraph g, OnnxValue label) =>
        _columns is null ? label : g.Gemm(label, g.Constant(_columns.ToArray(), [.. _columns.shape.Select(side => (int)side)]));
}
