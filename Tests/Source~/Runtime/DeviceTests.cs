using System;
using System.Linq;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using NUnit.Framework;
using VaeContent.Internal;

namespace VaeContent.Tests.Runtime
{
    /// <summary>
    /// The choice of a device, with stand-ins for those that this machine lacks; real ones need their hardware or a stand-in
    /// driver.
    /// </summary>
    public sealed class DeviceTests
    {
        private static readonly string[] Offered = OnnxRuntimeSession.Environment().GetAvailableProviders();

        [Test]
        public void ReportNamesDeviceVersionThreadsAndWhyNotTheOthers()
        {
            using var auto = new SpriteGenerator(Bundle(), new GeneratorOptions { Threads = 2 });
            using var cpu = new SpriteGenerator(Bundle(), new GeneratorOptions { Device = Device.Cpu });
            string version = OnnxRuntimeSession.Environment().GetVersionString();
            Assert.That(cpu.DeviceReport, Is.EqualTo("CPU (ONNX Runtime " + version + ", 1 thread), as asked"));
            if (Missing().Length == 4)
                Assert.That(auto.DeviceReport, Is.EqualTo("CPU (ONNX Runtime " + version
                    + ", 2 threads); not in this ONNX Runtime: DirectML, CoreML, CUDA, WebGPU"));
        }

        [TestCase(Device.DirectML, "com.vaecontent.directml")]
        [TestCase(Device.CoreML, "macOS")]
        [TestCase(Device.Cuda, "GPU builds")]
        [TestCase(Device.WebGpu, "with WebGPU")]
        public void DeviceThatIsNotThereIsRefusedByName(Device device, string source)
        {
            if (Missing().All(missing => missing.Kind != device))
            {
                Assert.Ignore(device + " is offered by the ONNX Runtime of this machine");
            }

            Assert.That(() => new SpriteGenerator(Bundle(), new GeneratorOptions { Device = device }),
                Throws.TypeOf<VaeBundleException>()
                    .With.Message.StartsWith("'test.vae' cannot run on Device." + device + " as asked: not in this ONNX Runtime.")
                    .And.Message.Contains(source)
                    .And.Message.Contains("offers: " + string.Join(", ", Offered)).And.Message.Not.Contains("\n"));
            var encoder = EncoderBundle.Load(TestBundles.Encoder().ToBundle(), "test.encoder.vae");
            Assert.That(() => new SpriteEncoder(encoder, new GeneratorOptions { Device = device }),
                Throws.TypeOf<VaeBundleException>());
        }

        [Test]
        public void EntryPointThatIsMissingIsOneClearLine()
        {
            var direct = OnnxRuntimeDevice.Accelerators.Single(device => device.Kind == Device.DirectML);
            if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows)) Assert.Ignore("a Windows build may have it");
            var pretended = StandIn(Device.DirectML, direct.Configure);
            var options = new GeneratorOptions { Device = Device.DirectML };
            Assert.That(() => new DecoderEngine(Bundle(), options, null, new[] { pretended }),
                Throws.TypeOf<VaeBundleException>()
                    .With.Message.Contains("as asked: the loaded ONNX Runtime was built without it."));
        }

        [Test]
        public void AutoTakesTheFirstThatStartsAndSaysWhyNotTheOthers()
        {
            var devices = new[]
            {
                StandIn(Device.DirectML, (_, __) => throw new NotSupportedException("887A0004: no adapter.\nsecond line")),
                new OnnxRuntimeDevice(Device.CoreML, "CoreML", "NoSuchProvider", "", true, (_, __) => { }),
                StandIn(Device.Cuda, (_, __) => { }),
                StandIn(Device.WebGpu, (_, __) => Assert.Fail("tried though another had started")),
            };
            using var engine = new DecoderEngine(Bundle(), new GeneratorOptions { DeviceIndex = 3 }, null, devices);
            Assert.That(engine.Decoder.Device.Kind, Is.EqualTo(Device.Cuda));
            Assert.That(engine.Report, Does.StartWith("Cuda device 3 (ONNX Runtime ")
                .And.EndsWith("); no DirectML: 887A0004: no adapter. second line; not in this ONNX Runtime: CoreML"));
        }

        [TestCase("[ErrorCode:RuntimeException] N:\\_work\\1\\s\\onnxruntime\\core\\providers\\dml\\dml_provider_factory.cc(526)"
            + "\\onnxruntime.dll!000000000874CBB8: (caller: 000000000874CF0A) Exception(1) tid(168) 80004005 Call failed.\r\n",
            "[ErrorCode:RuntimeException] 80004005 Call failed")]
        [TestCase("[ErrorCode:Fail] /src/onnxruntime/core/providers/webgpu/webgpu_context.cc:208 "
            + "onnxruntime::webgpu::WebGpuContext::Initialize::<lambda_1>::operator () no adapter\n",
            "[ErrorCode:Fail] no adapter")]
        public void WhatOnnxRuntimeSaysIsToldWithoutPlacesInItsSource(string said, string told) =>
            Assert.That(Errors.Reason(Errors.WithoutPlaces(said)), Is.EqualTo(told));

        [Test]
        public void ReasonsThatAreTooLongEndAfterAWord()
        {
            string told = Errors.Reason(string.Join(" ", Enumerable.Repeat("adapters", 60)));
            Assert.That(told, Has.Length.LessThanOrEqualTo(303).And.EndsWith("adapters ..."));
        }

        [Test]
        public void DeviceWithoutChoiceOfAdapterRefusesAnIndex()
        {
            var device = new OnnxRuntimeDevice(Device.WebGpu, "WebGPU", "CPUExecutionProvider", "", false, (_, __) => { });
            var asked = new GeneratorOptions { Device = Device.WebGpu, DeviceIndex = 1 };
            Assert.That(() => new DecoderEngine(Bundle(), asked, null, new[] { device }), Throws.TypeOf<VaeBundleException>()
                .With.Message.Contains("DeviceIndex has to be 0"));
            using var engine = new DecoderEngine(Bundle(), new GeneratorOptions { DeviceIndex = 1 }, null, new[] { device });
            Assert.That(engine.Report, Does.StartWith("CPU").And.Contain("; no WebGPU: it finds its adapter itself"));
        }

        [Test]
        public void LostDeviceIsReplacedByTheCpuInTheSameRun()
        {
            foreach (string kind in new[] { "indexed conditional", "network conditional" })
            {
                var bundle = SpriteGeneratorTests.Bundle(kind);
                using var sound = new SpriteGenerator(bundle);
                var engine = new DecoderEngine(bundle, new GeneratorOptions(), null,
                    new[] { StandIn(Device.Cuda, (_, __) => { }) });
                engine.Single.Draw(0, 77, 1, 1f);
                engine.Decoder.Stop();
                engine.Generate(engine.Single);
                sound.Generate(77, "slime");
                Assert.That(engine.Single.Bytes, Is.EqualTo(sound.Indices.ToArray()), kind);
                Assert.That(engine.Single.Latents, Is.EqualTo(sound.Latent.ToArray()), kind);
                Assert.That(engine.Report, Does.StartWith("CPU (").And.Contain("1 thread), as Cuda failed while running: "));
                engine.Dispose();
            }
        }

        [Test]
        public void PriorNetworkRunsOnTheCpuWhateverTheDevice()
        {
            int onDevice = 0;
            var device = StandIn(Device.Cuda, (_, __) => onDevice++);
            using var engine = new DecoderEngine(SpriteGeneratorTests.Bundle("network"),
                new GeneratorOptions { Device = Device.Cuda }, null, new[] { device });
            Assert.That(onDevice, Is.EqualTo(1));
            engine.Decoder.Stop(); // the device is gone; latents are drawn all the same
            engine.Single.Draw(0, 77, -1, 1f);
            Assert.That(() => engine.Sample(engine.Single), Throws.Nothing);
            Assert.That(() => engine.Decode(engine.Single), Throws.TypeOf<VaeBundleException>());
        }

        [Test]
        public void LostDeviceThatWasAskedForIsAnError()
        {
            using var engine = new DecoderEngine(Bundle(), new GeneratorOptions { Device = Device.Cuda }, null,
                new[] { StandIn(Device.Cuda, (_, __) => { }) });
            Assert.That(engine.Report, Does.EndWith(", as asked"));
            engine.Decoder.Stop();
            Assert.That(() => engine.Generate(engine.Single), Throws.TypeOf<VaeBundleException>()
                .With.Message.StartsWith("'test.vae' does not run"));
        }

        [TestCase(0, 64, 0, Device.Cpu, "Threads is 1 to 256")]
        [TestCase(1, 5000, 0, Device.Cpu, "BatchSize is 1 to 4096")]
        [TestCase(1, 64, -1, Device.Cpu, "DeviceIndex is 0 to 63")]
        [TestCase(1, 64, 0, (Device)9, "Device is not a device")]
        public void OptionsOutOfRangeAreRefused(int threads, int batch, int index, Device device, string message)
        {
            var options = new GeneratorOptions { Threads = threads, BatchSize = batch, DeviceIndex = index, Device = device };
            Assert.That(() => new SpriteGenerator(Bundle(), options), Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.Contains(message));
        }

        private static VaeBundle Bundle() => TestBundles.Load(TestBundles.Indexed());

        /// <summary>Goes by another device's name and runs on the CPU.</summary>
        private static OnnxRuntimeDevice StandIn(Device kind, Action<SessionOptions, int> configure) =>
            new OnnxRuntimeDevice(kind, kind.ToString(), OnnxRuntimeDevice.Cpu.Provider, "", true, configure);

        private static OnnxRuntimeDevice[] Missing() => OnnxRuntimeDevice.Accelerators.Where(device =>
            !Offered.Contains(device.Provider)).ToArray();
    }
}
