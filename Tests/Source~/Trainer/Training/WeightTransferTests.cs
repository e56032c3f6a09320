using System.Linq;
using NUnit.Framework;
using TorchSharp;
using VaeContent.Tests.Trainer.Model;
using VaeContent.Trainer;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>A run that starts with another's weights.</summary>
public sealed class WeightTransferTests
{
    private static readonly ModelSpec Palette = TinyModels.Specs["conv + palette"];

    [Test]
    public void AModelOfTheSameKindBecomesTheOther([ValueSource(typeof(TinyModels), nameof(TinyModels.Names))] string name)
    {
        ModelSpec spec = TinyModels.Specs[name] with { ConditionLabels = 0 };
        using VaeModel from = TinyModels.Make(spec, seed: 3), to = TinyModels.Make(spec, seed: 4);
        long taken = WeightTransfer.Copy(to, from, [.. Enumerable.Range(0, spec.HasPalette ? spec.Colours - 1 : 0)]);
        if (spec.Kernel == 3) return; // its last convolution stays
        Assert.That(taken, Is.EqualTo(to.ParameterCount()));
        Assert.That(to.Flat(), Is.EqualTo(from.Flat()));
    }

    // The innermost map is stretched; what was the same everywhere stays the same everywhere.
    [TestCase(16, 12, 32, 24)]
    [TestCase(32, 24, 16, 12)]
    [TestCase(32, 32, 32, 48)]
    public void OtherSizesStretchTheInnermostMap(int width, int height, int newWidth, int newHeight)
    {
        using DisposeScope scope = NewDisposeScope();
        ModelSpec spec = Palette with { Width = width, Height = height };
        ModelSpec other = spec with { Width = newWidth, Height = newHeight };
        using VaeModel from = TinyModels.Make(spec, seed: 3), to = TinyModels.Make(other, seed: 4);
        long taken = WeightTransfer.Copy(to, from, [.. Enumerable.Range(0, spec.Colours - 1)]);
        Assert.That(taken, Is.EqualTo(to.ParameterCount()));
        Tensor plain = full([1, 4, height, width], 0.5f), larger = full([1, 4, newHeight, newWidth], 0.5f);
        Assert.That(to.Encoder.call(larger, null, null).Mu.Doubles(),
            Is.EqualTo(from.Encoder.call(plain, null, null).Mu.Doubles()).Within(0.35), "borders alone differ");
    }

    [Test]
    public void LabelsAndChangesStartAnew()
    {
        ModelSpec told = Palette with { ConditionLabels = 3, Augmentation = 5 };
        using VaeModel from = TinyModels.Make(Palette, seed: 3), to = new(told, seed: 4);
        float[] before = to.Flat();
        long taken = WeightTransfer.Copy(to, from, [.. Enumerable.Range(0, Palette.Colours - 1)]);
        Assert.That(taken, Is.EqualTo(from.ParameterCount()));
        Assert.That(to.Flat().Zip(before).Count(pair => pair.First == pair.Second), Is.EqualTo(to.ParameterCount() - taken));
    }

    [Test]
    public void ColoursStartAsTheNearestOnesOfTheOtherPalette()
    {
        ModelSpec other = Palette with { Colours = 4 };
        using VaeModel from = TinyModels.Make(Palette, seed: 3), to = TinyModels.Make(other, seed: 4);
        WeightTransfer.Copy(to, from, [5, 0, 5]);
        Tensor weights = to.Decoder.Palette!.Colours.parameters().First();
        Tensor known = from.Decoder.Palette!.Colours.parameters().First();
        Assert.That(weights[0].ToArray(), Is.EqualTo(known[5].ToArray()).And.EqualTo(weights[2].ToArray()));
        Assert.That(weights[1].ToArray(), Is.EqualTo(known[0].ToArray()));
    }

    [Test]
    public void ARunStartsWhereTheOtherEnded()
    {
        using var run = new TinyRun();
        RunConfig config = run.Config("palette");
        run.Train(config, "base");
        using VaeModel trained = TrainedModel.Load(run.Folder("base"), config, run.Data).Vae;
        float[]? first = null;
        TrainingSettings still = config.Training with { LearningRate = 1e-7f };
        run.Train(config with { From = run.Folder("base").Path, Training = still }, "next", stopAt: 2,
            after: (_, replica) => first ??= replica.Averaged!.Flat());
        Assert.That(first, Is.EqualTo(trained.Flat()).Within(1e-5));
        Assert.That(run.Folder("next").LoadConfig().From, Is.EqualTo(run.Folder("base").Path));
        Assert.That(Assert.Throws<UserError>(() => run.Train(config with { From = run.Folder("none").Path }, "lost"))!.Message,
            Does.Contain("none").And.Contain("no run"));
    }
}
