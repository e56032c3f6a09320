using System;
using System.IO;
using System.Linq;
using Google.Protobuf;
using NUnit.Framework;
using VaeContent.Internal;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Tests.Runtime
{
    public sealed class VaeBundleTests
    {
        private static readonly string LatentText = Q16.ToBase64(new[] { 65536, -32768, 0, 1, 655360 });

        [Test]
        public void EverythingInTheFileIsThere()
        {
            var model = TestBundles.Indexed(conditional: true).WithPrior(TestBundles.SomeMixture())
                .With(BundleKeys.Exemplars, "Sir Oak\t0\t" + LatentText + "\nBlob\t-1\t" + LatentText)
                .With(BundleKeys.Attributes, "beard\t" + LatentText + "\nhair=long\t" + LatentText);
            var bundle = TestBundles.Load(model);
            Assert.That(bundle.Name, Is.EqualTo("test.vae"));
            Assert.That((bundle.Width, bundle.Height, bundle.LatentSize), Is.EqualTo((6, 4, 5)));
            Assert.That(bundle.Palette!.Count, Is.EqualTo(TestBundles.Colours));
            Assert.That(bundle.Labels, Is.EqualTo(TestBundles.Labels));
            Assert.That(bundle.IsConditional);
            Assert.That(bundle.LabelIndex("bat"), Is.EqualTo(2));
            Assert.That(bundle.Prior.ComponentCount, Is.EqualTo(4));
            Assert.That(bundle.Prior.DependsOnLabel);
            Assert.That(bundle.Provenance["trainer"], Is.EqualTo("tests"));
            Assert.That(bundle.Exemplars.Select(e => e.Name), Is.EqualTo(new[] { "Sir Oak", "Blob" }));
            Assert.That(bundle.Exemplars[0].Label, Is.EqualTo("knight"));
            Assert.That(bundle.Exemplars[1].Label, Is.Null);
            Assert.That(bundle.Exemplars[1].Latent.ToArray(), Is.EqualTo(new[] { 1f, -0.5f, 0f, 1f / 65536, 10f }));
        }

        [Test]
        public void AttributesAreFoundByName()
        {
            var bundle = TestBundles.Load(TestBundles.Rgba().With(BundleKeys.Attributes,
                "beard\t" + LatentText + "\nhair=long\t" + LatentText));
            Assert.That(bundle.Attributes.Select(a => a.Name), Is.EqualTo(new[] { "beard", "hair=long" }));
            Assert.That(bundle.Attribute("hair=long").Direction.ToArray(), Is.EqualTo(new[] { 1f, -0.5f, 0f, 1f / 65536, 10f }));
            Assert.That(() => bundle.Attribute("hat"), Throws.ArgumentException.With.Message.Contains("beard, hair=long"));
            Assert.That(() => TestBundles.Load(TestBundles.Rgba()).Attribute("hat"),
                Throws.ArgumentException.With.Message.Contains("no attributes"));
        }

        [Test]
        public void PlainBundleHasNoExtras()
        {
            var bundle = TestBundles.Load(TestBundles.Rgba());
            Assert.That(bundle.Palette, Is.Null);
            Assert.That(bundle.Labels, Is.Empty);
            Assert.That(bundle.Exemplars, Is.Empty);
            Assert.That(bundle.Attributes, Is.Empty);
            Assert.That(bundle.IsConditional, Is.False);
            Assert.That(bundle.Prior.ComponentCount, Is.Zero);
            Assert.That(() => bundle.LabelIndex("x"), Throws.ArgumentException.With.Message.Contains("no labels"));
            Assert.That(() => bundle.LabelIndex(null!), Throws.ArgumentNullException);
        }

        [Test]
        public void CallerMayReuseTheBytes()
        {
            var bytes = TestBundles.Rgba().ToBundle();
            var bundle = VaeBundle.Load(bytes, "a.vae");
            Array.Clear(bytes, 0, bytes.Length);
            using var sprites = new SpriteGenerator(bundle);
            Assert.That(sprites.Generate(1).Length, Is.EqualTo(24));
        }

        [Test]
        public void PriorSurvivesTheFile()
        {
            var prior = TestBundles.SomeMixture();
            var loaded = TestBundles.Load(TestBundles.Rgba().WithLabels().WithPrior(prior)).Prior;
            float[] a = new float[5], b = new float[5];
            for (int seed = 0; seed < 30; seed++)
            {
                prior.Sample(seed, -1, 1f, a);
                loaded.Sample(seed, -1, 1f, b);
                Assert.That(b, Is.EqualTo(a));
            }
        }

        // Key, bad value (null: absent), part of the message.
        [TestCase(BundleKeys.Format, null, "not a VaeContent bundle")]
        [TestCase(BundleKeys.Format, "1",
            "has bundle format 1, this version of VaeContent reads 3; export it again with 'vaecontent export'.")]
        [TestCase(BundleKeys.Format, "2",
            "has bundle format 2, this version of VaeContent reads 3; export it again with 'vaecontent export'.")]
        [TestCase(BundleKeys.Format, "4", "has bundle format 4, this version of VaeContent reads 3; update the package.")]
        [TestCase(BundleKeys.Format, "0", "expected a whole number")]
        [TestCase(BundleKeys.Format, "one", "expected a whole number")]
        [TestCase(BundleKeys.Kind, null, "lacks the metadata")]
        [TestCase(BundleKeys.Kind, "encoder", "encoder bundle")]
        [TestCase(BundleKeys.Kind, "x\ny", "'x y', expected 'decoder'")]
        [TestCase(BundleKeys.Model, null, "lacks the metadata")]
        [TestCase(BundleKeys.Model, "heroes", "32 hexadecimal digits")]
        [TestCase(BundleKeys.Size, null, "lacks the metadata")]
        [TestCase(BundleKeys.Size, "6", "width x height")]
        [TestCase(BundleKeys.Size, "6x4x1", "width x height")]
        [TestCase(BundleKeys.Size, "0x4", "1 to 1024")]
        [TestCase(BundleKeys.Size, "6x1025", "1 to 1024")]
        [TestCase(BundleKeys.Size, "4x6", "asks for 'pixels' uint8 (N, 6, 4)")]
        [TestCase(BundleKeys.Latent, null, "lacks the metadata")]
        [TestCase(BundleKeys.Latent, "1000000000", "1 to 4096")]
        [TestCase(BundleKeys.Latent, "99999999999999999999", "1 to 4096")]
        [TestCase(BundleKeys.Latent, "NaN", "1 to 4096")]
        [TestCase(BundleKeys.Latent, "-5", "1 to 4096")]
        [TestCase(BundleKeys.Latent, " 5", "1 to 4096")]
        [TestCase(BundleKeys.Latent, "6", "asks for 'z' float32 (N, 6)")]
        [TestCase(BundleKeys.Palette, null, "asks for 'pixels' uint8 (N, 4, 6, 4)")]
        [TestCase(BundleKeys.Palette, "", "2 to 256 colours")]
        [TestCase(BundleKeys.Palette, "00000000", "2 to 256 colours")]
        [TestCase(BundleKeys.Palette, "00000000 ff00ff", "'ff00ff', expected rrggbbaa")]
        [TestCase(BundleKeys.Palette, "00000000  ff00ffff", "rrggbbaa")]
        [TestCase(BundleKeys.Palette, "00000000 +f00ffff", "rrggbbaa")]
        [TestCase(BundleKeys.Palette, "000000ff ff00ffff", "00000000 as colour 0")]
        [TestCase(BundleKeys.Labels, null, "though its graph takes a label")]
        [TestCase(BundleKeys.Labels, "a\nb", "(N, 2)")]
        [TestCase(BundleKeys.Labels, "a\nb\na", "every label once")]
        [TestCase(BundleKeys.Labels, "a\n\nb", "a name in every row")]
        [TestCase(BundleKeys.LabelCounts, null, "lacks the metadata")]
        [TestCase(BundleKeys.LabelCounts, "1 2", "3, one per label")]
        [TestCase(BundleKeys.LabelCounts, "1 2 -3", "whole number")]
        [TestCase(BundleKeys.LabelCounts, "0 0 0", "all label counts are 0")]
        [TestCase(BundleKeys.Prior, null, "lacks the metadata")]
        [TestCase(BundleKeys.Prior, "flow", "'normal' or 'mixture' or 'network'")]
        [TestCase(BundleKeys.Prior, "network", "lacks the metadata vaecontent.prior.noise though its prior is a network")]
        [TestCase(BundleKeys.PriorWeights, null, "though its prior is a mixture")]
        [TestCase(BundleKeys.PriorWeights, "1 1 1", "4 component labels for 3 weights|base64")]
        [TestCase(BundleKeys.PriorWeights, "1 1 1 0", "from 1 to")]
        [TestCase(BundleKeys.PriorLabels, null, "though its prior is a mixture")]
        [TestCase(BundleKeys.PriorLabels, "0 0 1 3", "from -1 to 2")]
        [TestCase(BundleKeys.PriorLabels, "0 0 1 1", "label 2 has no component")]
        [TestCase(BundleKeys.PriorLabels, "0 0 1", "3 component labels for 4 weights")]
        [TestCase(BundleKeys.PriorComponents, null, "though its prior is a mixture")]
        [TestCase(BundleKeys.PriorComponents, "", "base64 of 80 int32 values")]
        [TestCase(BundleKeys.PriorComponents, "AAAA", "base64 of 80 int32 values")]
        [TestCase(BundleKeys.PriorComponents, "!BAD", "base64 of 80 int32 values")]
        [TestCase(BundleKeys.PriorComponents, "!HUGE", "expected -1024..1024")]
        [TestCase(BundleKeys.Attributes, "hat", "name TAB latent")]
        [TestCase(BundleKeys.Attributes, "\tAAAA", "name TAB latent")]
        [TestCase(BundleKeys.Attributes, "hat\tAAAA", "base64 of 5 int32 values")]
        [TestCase(BundleKeys.Exemplars, "Oak", "name TAB label")]
        [TestCase(BundleKeys.Exemplars, "\t0\tAAAA", "name TAB label")]
        [TestCase(BundleKeys.Exemplars, "Oak\t3\tAAAA", "from -1 to 2")]
        [TestCase(BundleKeys.Exemplars, "Oak\t0\tAAAA", "base64 of 5 int32 values")]
        [TestCase(BundleKeys.Exemplars, "Oak\t0\tLATENT\nOak\t0\tLATENT", "every name once")]
        [TestCase(BundleKeys.Provenance, "seed", "'key: value'")]
        [TestCase(BundleKeys.Provenance, "seed: 1\nseed: 2", "every key once")]
        public void BadMetadataIsNamed(string key, string? value, string message)
        {
            if (value == "!BAD") value = new string('!', 428);
            if (value == "!HUGE") value = Q16.ToBase64(Enumerable.Repeat(int.MinValue, 80).ToArray());
            var model = TestBundles.Indexed(conditional: true).WithPrior(TestBundles.SomeMixture());
            model.With(key, value?.Replace("LATENT", LatentText, StringComparison.Ordinal));
            string found = Refusal(model.ToBundle());
            Assert.That(message.Split('|').Any(found.Contains), found);
        }

        [Test]
        public void LabelCountsWithoutLabelsAreRefused()
        {
            Assert.That(Refusal(TestBundles.Rgba().With(BundleKeys.LabelCounts, "1 2").ToBundle()),
                Does.Contain("but no labels"));
        }

        [Test]
        public void TooManyOfAnythingIsRefused()
        {
            string many = string.Join("\n", Enumerable.Range(0, 4097));
            Assert.That(Refusal(TestBundles.Rgba().With(BundleKeys.Labels, many).ToBundle()), Does.Contain("at most 4096"));
            string colours = string.Join(" ", Enumerable.Repeat("00000000", 257));
            Assert.That(Refusal(TestBundles.Rgba().With(BundleKeys.Palette, colours).ToBundle()),
                Does.Contain("more than 256"));
            var model = TestBundles.Rgba();
            for (int i = 0; i < 1100; i++) model.With("k" + i, "v");
            Assert.That(Refusal(model.ToBundle()), Does.Contain("more than 1024 metadata entries"));
        }

        [Test]
        public void ForeignGraphsAreRefused()
        {
            Assert.That(Spoilt(m => m.IrVersion = 10), Does.Contain("IR version 10, expected 8"));
            Assert.That(Spoilt(m => m.OpsetImport[0].Version = 21), Does.Contain("opset 21, expected 17"));
            Assert.That(Spoilt(m => m.OpsetImport[0].Version = 16), Does.Contain("opset 16, expected 17"));
            Assert.That(Spoilt(m => m.OpsetImport.Clear()), Does.Contain("opset none, expected 17"));
            Assert.That(Spoilt(m => m.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 })),
                Does.Contain("'com.microsoft'"));
            Assert.That(Spoilt(m => m.Graph.Node[0].Domain = "com.microsoft"),
                Does.Contain("operator of domain 'com.microsoft'"));
            Assert.That(Spoilt(m => m.Graph.Input[0].Name = "noise"), Does.Contain("'noise' float32 (N, 5)"));
            Assert.That(Spoilt(m => m.Graph.Input[0].Type.TensorType.ElemType = 11), Does.Contain("'z' type 11 (N, 5)"));
            Assert.That(Spoilt(m => m.Graph.Input.Add(TestBundles.Value("extra", TensorProto.Types.DataType.Float, -1, 5))),
                Does.Contain("'extra'"));
            Assert.That(Spoilt(m => m.Graph.Output.Clear()), Does.Contain("the outputs none"));
            Assert.That(Spoilt(m => m.Graph.Output[0].Type = null), Does.Contain("is not a tensor"));
            Assert.That(Spoilt(m => m.Graph = null), Does.Contain("no graph"));
        }

        [Test]
        public void ExternalDataSubgraphsAndFunctionsAreRefused()
        {
            // Fields that our own onnx.proto lacks, appended as raw wire format to a message that ends its parent.
            Assert.That(Appended(5, new byte[] { 0x70, 1 }), Does.Contain("another file"),
                "initializer, data_location = EXTERNAL");
            Assert.That(Appended(5, new byte[] { 0x6A, 0 }), Does.Contain("another file"), "initializer, external_data");
            Assert.That(Appended(5, new byte[] { 0x22, 4, 0, 0, 192, 127 }), Does.Contain("not stored as raw bytes"),
                "initializer, float_data");
            Assert.That(Appended(1, new byte[] { 0x2A, 2, 0x32, 0 }), Does.Contain("graph inside a graph"), "node, attribute, g");
            Assert.That(Appended(1, new byte[] { 0x2A, 4, 0x2A, 2, 0x70, 1 }), Does.Contain("a tensor in an attribute"));
            Assert.That(Appended(15, Array.Empty<byte>()), Does.Contain("sparse"));
            var functions = BundleSeal.Append(TestBundles.Rgba().ToByteArray().Concat(new byte[] { 0xCA, 0x01, 0 }).ToArray());
            Assert.That(Refusal(functions), Does.Contain("its own functions"));
        }

        [Test]
        public void FilesThatAreNoBundlesAreRefused()
        {
            string folder = Path.Combine(Path.GetTempPath(), "VaeBundleTests-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            try
            {
                string path = Path.Combine(folder, "heroes.vae");
                Assert.That(RefusalOf(path), Does.Contain("does not exist"));
                Assert.That(RefusalOf(Path.Combine(folder, "no", "heroes.vae")), Does.Contain("does not exist"));
                Assert.That(RefusalOf(folder, Path.GetFileName(folder)), Does.Contain("is a folder"));
                File.WriteAllBytes(path, Array.Empty<byte>());
                Assert.That(RefusalOf(path), Does.Contain("is empty"));
                File.WriteAllText(path, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");
                Assert.That(RefusalOf(path), Does.Contain("git lfs pull"));
                using (var file = new FileStream(path, FileMode.Create)) file.SetLength((256L << 20) + 1);
                Assert.That(RefusalOf(path), Does.Contain("268435457 bytes"));
                File.WriteAllBytes(path, TestBundles.Rgba().ToBundle());
                Assert.That(VaeBundle.Load(path).Name, Is.EqualTo("heroes.vae"));
                File.WriteAllBytes(path, TestBundles.Encoder().ToBundle());
                Assert.That(RefusalOf(path), Does.Contain("encoder bundle"));
                Assert.That(EncoderBundle.Load(path).LatentSize, Is.EqualTo(5));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }

            Assert.That(() => VaeBundle.Load(""), Throws.TypeOf<VaeBundleException>());
            Assert.That(() => VaeBundle.Load("a\0b"), Throws.TypeOf<VaeBundleException>());
            Assert.That(() => VaeBundle.Load(null!), Throws.ArgumentNullException);
            Assert.That(() => EncoderBundle.Load(TestBundles.Rgba().ToBundle(), "d.vae"), Throws.TypeOf<VaeBundleException>()
                .With.Message.Contains("decoder bundle"));
        }

        /// <summary>The message of the refusal, after checking that it is one line and names the file.</summary>
        internal static string Refusal(byte[] bytes)
        {
            var error = Assert.Throws<VaeBundleException>(() => VaeBundle.Load(bytes, "test.vae"))!;
            return OneLine(error, "test.vae");
        }

        internal static string OneLine(VaeBundleException error, string name)
        {
            Assert.That(error.Message, Does.Contain(name));
            Assert.That(error.Message.Any(char.IsControl), Is.False, error.Message);
            Assert.That(error.Message, Has.Length.LessThan(900));
            return error.Message;
        }

        private static string RefusalOf(string path, string name = "heroes.vae") =>
            OneLine(Assert.Throws<VaeBundleException>(() => VaeBundle.Load(path))!, name);

        private static string Spoilt(Action<ModelProto> spoil)
        {
            var model = TestBundles.Rgba();
            spoil(model);
            return Refusal(model.ToBundle());
        }

        // The bundle with one more field at the end of its graph.
        private static string Appended(int graphField, byte[] content)
        {
            var model = TestBundles.Rgba();
            var graph = model.Graph.ToByteArray();
            model.Graph = null;
            var field = new byte[] { (byte)(graphField << 3 | 2), (byte)content.Length }.Concat(content);
            var whole = graph.Concat(field).ToArray();
            var stream = new MemoryStream();
            var output = new CodedOutputStream(stream);
            output.WriteTag(7, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(whole));
            output.Flush();
            return Refusal(BundleSeal.Append(model.ToByteArray().Concat(stream.ToArray()).ToArray()));
        }
    }
}
