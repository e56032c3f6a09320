using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Engines;

namespace VaeContent.Tests.Trainer.Engines;

public sealed class EngineRegistryTests
{
    [Test]
    public void OnnxRuntimeIsFoundByNameAndOpensOnTheCpu()
    {
        IEngineKind kind = EngineRegistry.Find("ort");
        Assert.That(kind.Devices, Does.Contain("cpu"));
        Assert.That(kind.Open("auto", 1).Description, Does.StartWith(kind.Library));
    }

    [Test]
    public void AnUnknownEngineOrDeviceIsTheUsersMistake()
    {
        Assert.That(Assert.Throws<UserError>(() => EngineRegistry.Find("jax")).Message, Is.EqualTo("there is no engine 'jax'. The engines are: ort."));
        Assert.That(Assert.Throws<UserError>(() => EngineRegistry.Find("torch")).Message, Does.EndWith("dotnet run --project Trainer/Engines/Torch."));
        Assert.That(Assert.Throws<UserError>(() => EngineRegistry.Find("ort").Open("abacus", 1)).Message, Does.Contain("'abacus'").And.Contain("cpu"));
    }
}
