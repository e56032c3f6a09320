using NUnit.Framework;
using VaeContent.Trainer.Model;

namespace VaeContent.Tests.Trainer;

/// <summary>Loads libtorch before a test touches it.</summary>
[SetUpFixture]
internal sealed class NeedsLibTorch
{
    [OneTimeSetUp]
    public void Load() => LibTorch.UseThreads(1);
}
