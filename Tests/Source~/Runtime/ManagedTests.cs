using System;
using System.Collections.Generic;
using System.Linq;
using Google.Protobuf;
using NUnit.Framework;
using VaeContent.Internal;
using VaeContent.Tests.Package;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Tests.Runtime
{
    /// <summary>Device.Managed, and what stands in where ONNX Runtime is not there.</summary>
    [NonParallelizable]
    public sealed class ManagedTests
    {
        private static VaeBundle Heroes { get; } = VaeBundle.Load(Repository.At("Samples/Bundles/heroes.vae"));

        [Test]
        public void TheSampleIsThatOfOnnxRuntime()
        {
            using var managed = new SpriteGenerator(Heroes, new GeneratorOptions { Device = Device.Managed });
            using var native = new SpriteGenerator(Heroes, new GeneratorOptions { Device = Device.Cpu });
            int pixels = 0, equal = 0;
            for (long seed = 0; seed < 200; seed++)
            {
                managed.Generate(seed);
                native.Generate(seed);
                Assert.That(managed.Latent.ToArray(), Is.EqualTo(native.Latent.ToArray()).Within(1e-5f), "a network's");
                for (int i = 0; i < managed.PixelCount; i++, pixels++) equal += managed.Indices[i] == native.Indices[i] ? 1 : 0;
            }

            TestContext.Out.WriteLine(pixels - equal + " of " + pixels + " pixels differ");
            Assert.That(pixels - equal, Is.LessThanOrEqualTo(pixels / 10_000));
        }

        [Test]
        public void ABatchIsItsSpritesOneByOne([Values(1, 7, 64)] int count)
        {
            using var sprites = new SpriteGenerator(Heroes, new GeneratorOptions { Device = Device.Managed });
            var batch = new Rgba32[count * sprites.PixelCount];
            sprites.GenerateBatch(100, count, batch);
            for (int i = 0; i < count; i++)
            {
                Assert.That(sprites.Generate(100 + i).SequenceEqual(batch.AsSpan(i * sprites.PixelCount, sprites.PixelCount)));
            }
        }

        [Test]
        public void CallsMakeNoGarbage()
        {
            using var sprites = new SpriteGenerator(Heroes, new GeneratorOptions { Device = Device.Managed });
            var batch = new Rgba32[20 * sprites.PixelCount];
            long seed = 0;
            Assert.That(Allocation.Least(() =>
            {
                for (int i = 0; i < 20; i++) sprites.Generate(seed++);
                sprites.GenerateBatch(seed, 20, batch);
                sprites.Interpolate(1, 2, 0.3f);
            }), Is.Zero);
        }

        [Test]
        public void ReportSaysWhatAndWhy()
        {
            using var asked = new SpriteGenerator(Heroes, new GeneratorOptions { Device = Device.Managed, Threads = 3 });
            Assert.That(asked.DeviceReport, Does.StartWith("Managed (C#, ").And.EndsWith(", 1 thread), as asked"));
            var engine = Engines.OnnxRuntime;
            try
            {
                Engines.OnnxRuntime = null;
                using var auto = new SpriteGenerator(Heroes);
                Assert.That(auto.DeviceReport, Does.StartWith("Managed (C#, ").And.Contain("; no ONNX Runtime: ")
                    .And.Contain("VaeContent.OnnxRuntime"));
                Assert.That(auto.Generate(5).ToArray(), Is.EqualTo(asked.Generate(5).ToArray()));
                Assert.That(() => new SpriteGenerator(Heroes, new GeneratorOptions { Device = Device.Cpu }),
                    Throws.TypeOf<DllNotFoundException>().With.Message.Contains("Device.Managed"));
            }
            finally
            {
                Engines.OnnxRuntime = engine;
            }
        }

        [Test]
        public void ALibraryThatIsMissingIsToldAndReplacedByAutoAlone()
        {
            var engine = Engines.OnnxRuntime;
            try
            {
                Engines.OnnxRuntime = new BrokenEngine();
                using var auto = new SpriteGenerator(SpriteGeneratorTests.Bundle("rgba"));
                Assert.That(auto.DeviceReport, Does.Contain("its native library was not found").And.Contain("no such library"));
                Assert.That(() => new SpriteGenerator(Heroes, new GeneratorOptions { Device = Device.Cpu }),
                    Throws.TypeOf<DllNotFoundException>());
            }
            finally
            {
                Engines.OnnxRuntime = engine;
            }
        }

        [Test]
        public void AGraphThatTheExporterDoesNotWriteIsRefused()
        {
            var model = TestBundles.Rgba();
            model.Graph.Node.First(node => node.OpType == "Sigmoid").OpType = "Softmax";
            Assert.That(() => Run(model), Throws.TypeOf<EngineException>()
                .With.Message.Contains("('Softmax') is not an operator of a bundle"));
        }

        [Test]
        public void SizesAreBoundedBeforeMemoryIsTaken()
        {
            foreach (var spoil in new Action<ModelProto>[]
            {
                model => Set(Shape(model), 1, 1L << 40),
                model => Set(Shape(model), 0, -1, 1 << 20, 1 << 20, 1 << 20),
                model => model.Graph.Initializer.First(tensor => tensor.Name == "w").Dims[1] = 1 << 30,
                model => model.Graph.Node.First(node => node.OpType == "Sigmoid").Input[0] = "later",
            })
            {
                var model = TestBundles.Rgba();
                spoil(model);
                long before = GC.GetAllocatedBytesForCurrentThread();
                Assert.That(() => Run(model), Throws.TypeOf<EngineException>());
                Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4 << 20));
            }

            static TensorProto Shape(ModelProto model) =>
                model.Graph.Initializer.First(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Int64);

            static void Set(TensorProto shape, params long[] sizes)
            {
                shape.Dims[0] = sizes.Length;
                shape.RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes<long>(sizes));
            }
        }

        // Without the checks of a bundle, which come first.
        private static void Run(ModelProto model)
        {
            using var session = new ManagedSession(model.ToByteArray(), ManagedDevice.Instance);
            var run = session.NewRun();
            run.Input("z", new float[TestBundles.Z], new long[] { 1, TestBundles.Z });
            run.Output("pixels", new byte[TestBundles.Width * TestBundles.Height * 4],
                new long[] { 1, TestBundles.Height, TestBundles.Width, 4 });
            run.Run();
        }

        /// <summary>As where the assembly is part of the program and its native library is not.</summary>
        private sealed class BrokenEngine : Engine
        {
            internal override IReadOnlyList<ComputeDevice> Accelerators => Array.Empty<ComputeDevice>();

            internal override ComputeDevice Cpu => throw new InvalidOperationException();

            internal override string Version() => throw new DllNotFoundException("no such library");

            internal override string[] Offered() => throw new InvalidOperationException();
        }
    }
}
