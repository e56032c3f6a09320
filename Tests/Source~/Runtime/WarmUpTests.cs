using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace VaeContent.Tests.Runtime
{
    public sealed class WarmUpTests
    {
        [Test]
        public async Task GeneratorIsThatOfTheConstructor()
        {
            var bundle = SpriteGeneratorTests.Bundle("network conditional");
            var options = new GeneratorOptions { Device = Device.Cpu, Threads = 2 };
            var warming = SpriteGenerator.WarmUpAsync(bundle, options);
            options.Threads = 0; // was read by the call
            using var warm = await warming;
            using var cold = new SpriteGenerator(bundle, new GeneratorOptions { Device = Device.Cpu, Threads = 2 });
            Assert.That(warm.DeviceReport, Is.EqualTo(cold.DeviceReport));
            Assert.That(warm.Generate(5).ToArray(), Is.EqualTo(cold.Generate(5).ToArray()));
        }

        [Test]
        public async Task ProgressRisesFromNoneToAll()
        {
            var recorder = new Recorder(_ => { });
            using var sprites = await SpriteGenerator.WarmUpAsync(SpriteGeneratorTests.Bundle("rgba"), progress: recorder);
            // Batches of 1, 4, 16 and 64.
            Assert.That(recorder.Shares, Is.EqualTo(new[] { 0f, 0.2f, 0.4f, 0.6f, 0.8f, 1f }).Within(1e-6f));
        }

        [Test]
        public void CallingThreadDoesNotWait()
        {
            using var open = new ManualResetEventSlim();
            var warming = SpriteGenerator.WarmUpAsync(SpriteGeneratorTests.Bundle("rgba"),
                progress: new Recorder(_ => open.Wait()));
            Assert.That(warming.IsCompleted, Is.False);
            open.Set();
            warming.Result.Dispose();
        }

        [Test]
        public void CancellationAndErrorsEndTheTask()
        {
            var bundle = SpriteGeneratorTests.Bundle("rgba");
            using var source = new CancellationTokenSource();
            var halfway = new Recorder(share => { if (share > 0.5f) source.Cancel(); });
            Assert.That(async () => await SpriteGenerator.WarmUpAsync(bundle, null, halfway, source.Token),
                Throws.InstanceOf<OperationCanceledException>());
            Assert.That(halfway.Shares.Max(), Is.EqualTo(0.6f).Within(1e-6f));
            Assert.That(async () => await SpriteGenerator.WarmUpAsync(bundle, new GeneratorOptions { BatchSize = 0 }),
                Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => SpriteGenerator.WarmUpAsync(null!), Throws.ArgumentNullException);
        }

        private sealed class Recorder : IProgress<float>
        {
            internal readonly List<float> Shares = new List<float>();
            private readonly Action<float> _then;

            internal Recorder(Action<float> then) => _then = then;

            public void Report(float value)
            {
                Shares.Add(value);
                _then(value);
            }
        }
    }
}
