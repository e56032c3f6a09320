using System;
using System.Linq;
using VaeContent.Internal;

namespace VaeContent.Tests.Gpu;

/// <summary>
/// A device that is not available: an error of one line where it was asked for, and the CPU with the reason where it was not.
/// </summary>
internal static class FaultChecks
{
    public static void Run(Checks checks, OnnxRuntimeDevice device, VaeBundle bundle, string fault)
    {
        checks.Run(fault + ", asked for by name", () =>
        {
            try
            {
                using var sprites = new SpriteGenerator(bundle, new GeneratorOptions { Device = device.Kind, BatchSize = 1 });
                throw new InvalidOperationException("it runs: " + sprites.DeviceReport);
            }
            catch (VaeBundleException e)
            {
                string expected = $"cannot run on Device.{device.Kind} as asked: ";
                Checks.That(!e.Message.Any(char.IsControl) && e.Message.Contains(expected, StringComparison.Ordinal), e.Message);
                return e.Message;
            }
        });
        checks.Run(fault + ", Auto", () =>
        {
            using var sprites = new SpriteGenerator(bundle, new GeneratorOptions { BatchSize = 1 });
            using var cpu = new SpriteGenerator(bundle, new GeneratorOptions { Device = Device.Cpu });
            Checks.That(sprites.DeviceReport.StartsWith("CPU", StringComparison.Ordinal)
                && sprites.DeviceReport.Contains($"no {device.Name}: ", StringComparison.Ordinal)
                && !sprites.DeviceReport.Any(char.IsControl), sprites.DeviceReport);
            Checks.That(sprites.Generate(5).SequenceEqual(cpu.Generate(5)), "it paints another sprite");
            return sprites.DeviceReport;
        });
    }
}
