using NUnit.Framework;
using VaeContent.Trainer.Engines.Torch;

namespace VaeContent.Tests.Torch;

/// <summary>Skips everything, with the reason, where the packages are there but libtorch does not load.</summary>
[SetUpFixture]
internal sealed class NeedsLibTorch
{
    [OneTimeSetUp]
    public void Check()
    {
        if (LibTorch.Problem is { } problem) Assert.Ignore($"needs libtorch: {problem}");
        TestContext.Progress.WriteLine($"on {new TorchEngine(threads: 1).Description}");
    }
}
