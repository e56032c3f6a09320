using System;
using System.Collections.Generic;
using NUnit.Framework;
using VaeContent.Internal;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Tests.Runtime
{
    /// <summary>What is larger than any model is refused, before much memory is taken for it.</summary>
    public sealed class LargeFileTests
    {
        private const long Spare = 64 << 20;

        private static readonly (string Key, char Separator)[] Texts =
        {
            (BundleKeys.Size, 'x'), (BundleKeys.Palette, ' '), (BundleKeys.Labels, '\n'), (BundleKeys.LabelCounts, ' '),
            (BundleKeys.PriorWeights, ' '), (BundleKeys.PriorLabels, ' '), (BundleKeys.PriorComponents, ' '),
            (BundleKeys.Exemplars, '\t'), (BundleKeys.Exemplars, '\n'), (BundleKeys.Attributes, '\t'),
            (BundleKeys.Provenance, '\n'), (BundleKeys.Provenance, ':'), (BundleKeys.Model, 'a'), ("unknown", 'a'),
        };

        private static IEnumerable<TestCaseData> Cases()
        {
            foreach (var (key, separator) in Texts)
            {
                foreach (int length in new[] { 60_000, 1_000_000, 15_000_000, 30_000_000 })
                {
                    yield return new TestCaseData(key, separator, length)
                        .SetArgDisplayNames(key, ((int)separator).ToString(), length.ToString());
                }
            }
        }

        [TestCaseSource(nameof(Cases))]
        public void LongTextsTakeNoMoreMemoryThanTheFile(string key, char separator, int length)
        {
            var bytes = TestBundles.Indexed(conditional: true).WithPrior(TestBundles.SomeMixture())
                .With(key, new string(separator, length)).ToBundle();
            long before = GC.GetAllocatedBytesForCurrentThread();
            if (key == "unknown" && length <= 1_000_000) VaeBundle.Load(bytes, "test.vae");
            else VaeBundleTests.Refusal(bytes);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4L * bytes.Length + Spare));
        }

        [Test]
        public void TextsOfALengthThatNoModelHasAreNamed()
        {
            Assert.That(Refusal(BundleKeys.Provenance, 65_537),
                Does.Contain("65536 bytes in its metadata 'vaecontent.provenance'"));
            Assert.That(Refusal(BundleKeys.Exemplars, (16 << 20) + 1), Does.Contain("16777216 bytes in its metadata"));
            Assert.That(Refusal("note", (1 << 20) + 1), Does.Contain("1048576 bytes in its metadata 'note'"));
            Assert.That(Refusal(new string('k', 257), 1), Does.Contain("256 bytes in a metadata key"));
            Assert.That(Refusal(BundleKeys.LabelCounts, "1 1 1 1"), Does.Contain("a longer list, expected at most 3"));
            Assert.That(Refusal(BundleKeys.Labels, new string('a', 32_769)), Does.Contain("a row of 32769 characters"));
            string longest = "a: " + new string('b', 32_765) + "\nc: " + new string('d', 32_764);
            Assert.That(Refusal(BundleKeys.Provenance, longest), Is.Null);
        }

        [Test]
        public void GraphsOfMorePartsThanAnyModelAreRefused([Values] bool inPrior, [Values] bool nodes)
        {
            var prior = TestBundles.PriorNetwork();
            var decoder = TestBundles.Indexed();
            var graph = (inPrior ? prior : decoder).Graph;
            while (nodes && graph.Node.Count <= 8_192) graph.Node.Add(new NodeProto { OpType = "Neg" });
            while (!nodes && graph.Initializer.Count <= 8_192) graph.Initializer.Add(TestBundles.Tensor("t", new float[1], 1));
            Assert.That(VaeBundleTests.Refusal(decoder.WithNetwork(prior).ToBundle()),
                Does.Contain((inPrior ? "in its prior network, " : "") + "is damaged or not a .vae file: it has more than 8192 "
                    + (nodes ? "nodes" : "tensors")));
        }

        [Test]
        public void PriorLargerThanAnyModelIsRefused()
        {
            var decoder = TestBundles.Indexed().WithNetwork(new byte[(64 << 20) + 1]);
            Assert.That(VaeBundleTests.Refusal(decoder.ToBundle()), Does.Contain("67108864 bytes in its tensor prior.network"));
        }

        private static string? Refusal(string key, int length) => Refusal(key, new string('a', length));

        private static string? Refusal(string key, string value)
        {
            var bytes = TestBundles.Indexed(conditional: true).With(key, value).ToBundle();
            try
            {
                VaeBundle.Load(bytes, "test.vae");
                return null;
            }
            catch (VaeBundleException e)
            {
                return VaeBundleTests.OneLine(e, "test.vae");
            }
        }
    }
}
