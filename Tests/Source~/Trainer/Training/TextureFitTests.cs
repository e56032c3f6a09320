using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training.Select;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>How much grain a model gets.</summary>
public sealed class TextureFitTests
{
    // Distances without grain, and with 0.5, 1 and 2.
    [TestCase(1.04, 1.04, 1.04, 1.06, 0f, Description = "grain brings nothing")]
    [TestCase(4.88, 4.1, 3.3, 3.16, 1f, Description = "half of it brings nearly all")]
    [TestCase(2, 1.8, 1.5, 1, 2f, Description = "all of it is needed")]
    public void GrainIsTheLeastThatBringsSamplesAsNear(double none, double half, double one, double two, float expected)
    {
        float[] grains = [0f, 0.5f, 1f, 2f];
        double[] distances = [none, half, one, two];
        Texture chosen = TextureFit.LeastAsNear([.. grains.Select(grain => new Texture(0.3f, grain))],
            texture => distances[System.Array.IndexOf(grains, texture.Grain)]);
        Assert.That(chosen, Is.EqualTo(new Texture(0.3f, expected)));
    }
}
