using System;
using System.Globalization;
using System.Linq;
using VaeContent.Internal;

namespace VaeContent.Tests.Gpu;

/// <summary>
/// <c>check DirectML|WebGpu [TEXT]</c>: whether a device gives what the CPU gives; with a text, the checks whose names have it. <c>measure WebGpu LARGEST_BATCH FILE...</c>: how fast it does, beside the CPU.
/// <c>fault DirectML WHAT</c>: whether a device that cannot be had is one clear line, and the CPU goes on. The exit code is 0 where everything passed.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length < 2 || !Enum.TryParse(arguments[1], ignoreCase: true, out Device kind) || ComputeDevice.Accelerators.All(d => d.Kind != kind))
        {
            Console.Error.WriteLine("usage: check DEVICE | measure DEVICE LARGEST_BATCH FILE...; DEVICE is DirectML, WebGpu, Cuda or CoreML");
            return 1;
        }

        ComputeDevice device = ComputeDevice.Accelerators.Single(d => d.Kind == kind);
        switch (arguments[0])
        {
            case "check":
                var checks = new Checks(device.Name, arguments.ElementAtOrDefault(2) ?? "");
                DeviceChecks.Run(checks, device);
                EncoderChecks.Run(checks, device);
                return checks.Finish();
            case "fault":
                var faults = new Checks(device.Name);
                FaultChecks.Run(faults, device, arguments.ElementAtOrDefault(2) ?? "a fault");
                return faults.Finish();
            case "measure":
                foreach (string file in arguments.Skip(3)) Measurement.Of(VaeBundle.Load(file), device, int.Parse(arguments[2], CultureInfo.InvariantCulture));
                return 0;
            default:
                Console.Error.WriteLine($"there is no verb '{arguments[0]}': check, fault or measure.");
                return 1;
        }
    }
}
