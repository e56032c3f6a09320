using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Tests.Runtime
{
    /// <summary>Convolutions of a bundle whose sizes do not fit: an engine would read beyond their numbers.</summary>
    public sealed class ConvolutionShapeTests
    {
        [TestCase("Conv", 5, 5, true)]
        [TestCase("Conv", 5, 1, false)]
        [TestCase("Conv", 4, 5, false)]
        [TestCase("ConvTranspose", 5, 5, true)]
        [TestCase("ConvTranspose", 5, 1, false)]
        [TestCase("ConvTranspose", 4, 5, false)]
        public void AConvolutionHasAWeightForEachInputAndABiasForEachOutput(string type, int inputs, int biases, bool fits)
        {
            var model = HostileBundleTests.Between(TestBundles.Rgba(), g => Convolution(g, type, inputs, biases));
            if (fits) Assert.That(TestBundles.Load(model).LatentSize, Is.EqualTo(TestBundles.Z));
            else Assert.That(VaeBundleTests.Refusal(model.ToBundle()), Does.Contain("'" + type + "'").And.Contain("do not fit"));
        }

        // Of the latent, (N, 5), as five planes of a pixel to as many.
        private static string Convolution(GraphProto g, string type, int inputs, int biases)
        {
            bool isTransposed = type == "ConvTranspose";
            int kernel = isTransposed ? 3 : 1;
            var sides = isTransposed ? new long[] { inputs, 5, kernel, kernel } : new long[] { 5, inputs, kernel, kernel };
            g.Initializer.Add(TestBundles.Tensor("weights", new float[sides.Aggregate(1L, (a, b) => a * b)], sides));
            g.Initializer.Add(TestBundles.Tensor("biases", new float[biases], biases));
            string planes = TestBundles.Op(g, "Reshape", "planes", "z", TestBundles.Shape(g, -1, 5, 1, 1));
            string output = TestBundles.Op(g, type, "output", planes, "weights", "biases");
            long stride = isTransposed ? 2 : 1, pad = isTransposed ? 1 : 0;
            TestBundles.Ints(g.Node[^1], "strides", stride, stride);
            TestBundles.Ints(g.Node[^1], "pads", pad, pad, pad, pad);
            if (isTransposed) TestBundles.Ints(g.Node[^1], "output_padding", 0, 0);
            return TestBundles.Op(g, "Reshape", "flat", output, TestBundles.Shape(g, -1, 5));
        }
    }
}
