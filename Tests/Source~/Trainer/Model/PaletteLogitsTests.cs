using System.Linq;
using NUnit.Framework;
using TorchSharp;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Model.Losses;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>What a palette decoder says of sprites, and the picture it expects.</summary>
public sealed class PaletteLogitsTests
{
    private const int Sprites = 4;

    // Of a model whose weights are so large that it is sure of nearly every pixel, those that see others included.
    [TestCase("conv + palette")]
    [TestCase("conv + palette, odd sides")]
    public void TheMeanPictureOfASureModelIsTheLikeliestOne(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using VaeModel model = TinyModels.Make(TinyModels.Specs[name], gain: 40f);
        PaletteLogits said = model.Decoder.call(TinyModels.Normal(4, Sprites, model.Spec.Latent), null, null).Palette!;
        Rgba32[] palette = [.. Enumerable.Range(0, model.Spec.Colours).Select(k => new Rgba32((byte)(40 * k), 0, 0))];
        Tensor colours = Elbo.VisibleColours(model.Spec, palette)!;

        Tensor indices = said.Indices().to_type(ScalarType.Int64); // (B, H, W)
        Tensor all = cat([zeros(1, 4), colours]), expected = all.index_select(0, indices.reshape(-1));
        Tensor mean = said.Mean(colours).permute(0, 2, 3, 1).reshape(-1, 4);
        Assert.That(mean.shape, Is.EqualTo(expected.shape));
        bool[] isEqual = [.. mean.sub(expected).abs().amax([1]).lt(0.01f).data<bool>()];
        Assert.That(isEqual.Count(equal => equal), Is.GreaterThan(0.95 * isEqual.Length));
        Assert.That(indices.unique().output.numel(), Is.GreaterThan(3), "several colours");
    }

    [Test]
    public void TheMeanPictureOfAnUndecidedModelIsTheMeanOfThePalette()
    {
        using DisposeScope scope = NewDisposeScope();
        using VaeModel model = TinyModels.Make(TinyModels.Specs["conv + palette, odd sides"], gain: 0f);
        PaletteLogits said = model.Decoder.call(TinyModels.Normal(4, Sprites, model.Spec.Latent), null, null).Palette!;
        Tensor colours = Elbo.VisibleColours(model.Spec, [default, new(255, 0, 0), new(0, 255, 0), new(0, 0, 0), new(0, 0, 0)])!;
        float[] pixel = said.Mean(colours).mean([0, 2, 3]).ToArray();
        Assert.That(pixel, Is.EqualTo(new[] { 0.125f, 0.125f, 0f, 0.5f }).Within(1e-5f), "half visible, a quarter each");
    }
}
