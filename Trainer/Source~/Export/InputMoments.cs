using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Export;

/// <summary>
/// What the weights of a shipped decoder meet when it draws its sprites: by the name of the weights, over K inputs, the sum of
/// the products of any two of them, K x K, over many samples. <see cref="CalibratedSteps"/> rounds by it.
/// </summary>
internal static class InputMoments
{
    private const int Sprites = 512;

    /// <summary>Of a decoder that draws the training sprites.</summary>
    /// <param name="model">The model.</param>
    /// <param name="posteriors">Of the sprites; their means are decoded.</param>
    /// <param name="labels">The label of each of the sprites, -1 for none.</param>
    public static Dictionary<string, double[]> OfDecoder(VaeModel model, Posteriors posteriors, IReadOnlyList<int> labels)
    {
        var sums = new Dictionary<string, Tensor>();
        using DisposeScope scope = NewDisposeScope();
        var hooks = new List<Action>();
        foreach (ICalibrated block in model.Decoder.modules().OfType<ICalibrated>())
        {
            var hook = ((Block)block).register_forward_pre_hook((_, x) =>
            {
                Add(sums, block.WeightName, block.InputRows(x));
                return x;
            });
            hooks.Add(hook.remove);
        }
        DecodedSprites.Each(model, posteriors, labels, Sprites, (_, said) => said.Palette?.Chosen().Colours());
        foreach (Action remove in hooks) remove();
        return sums.ToDictionary(pair => pair.Key, pair => pair.Value.data<double>().ToArray());
    }

    // rows (R, K)
    private static void Add(Dictionary<string, Tensor> sums, string name, Tensor rows)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = rows.to_type(ScalarType.Float64), product = x.t().mm(x);
        if (sums.TryGetValue(name, out Tensor? sum)) sum.add_(product);
        else sums.Add(name, product.MoveToOuterDisposeScope().MoveToOuterDisposeScope());
    }
}
