using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Model;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Export;

/// <summary>What the weights of a decoder meet, against the activations of its own layers.</summary>
public sealed class InputMomentsTests
{
    [Test]
    public void ADecodersWeightsMeetWhatItsLayersAreGiven()
    {
        ModelSpec spec = TinyModels.Specs["conv + palette, conditional"] with { Widths = [16, 12, 16], Latent = 5 };
        using VaeModel model = TinyModels.Make(spec);
        Tensor means = TinyModels.Normal(3, 2, 5), labels = zeros(2, 3);
        labels[0, 2] = labels[1, 0] = 1f;
        Dictionary<string, double[]> found = InputMoments.OfDecoder(model, new Posteriors(5, means.ToArray(), new float[10]),
            [2, 0]);
        Assert.That(found.Keys, Is.SupersetOf(new[] { "decoder.features.w", "decoder.3.up.w", "decoder.colours.w" })
            .And.All.StartsWith("decoder."));

        // The two sprites alternate by halves of the samples, so that both weigh the same.
        Tensor? map = null;
        var up = (Upsample)model.Decoder.modules().OfType<ICalibrated>().Single(block => block.WeightName == "decoder.3.up.w");
        var hook = up.register_forward_pre_hook((_, x) => map = x.clone());
        model.Decoder.call(means, labels, null);
        hook.remove();
        Tensor rows = map!.permute(0, 2, 3, 1).reshape(-1, map.shape[1]), expected = rows.t().mm(rows);
        Tensor sums = tensor(found["decoder.3.up.w"]).to_type(ScalarType.Float32).reshape(expected.shape);
        Assert.That(OnnxRun.Distance(sums.div(sums.diag().sum()), expected.div(expected.diag().sum())), Is.LessThan(1e-5));
    }
}
