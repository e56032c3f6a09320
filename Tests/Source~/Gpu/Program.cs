using System;
using System.Globalization;
using System.Linq;
using VaeContent.Internal;

namespace VaeContent.Tests.Gpu;

/// <summary>
/// <c>check DirectML|WebGpu FOLDER [TEXT]</c>: whether a device gives what the CPU
/// gives; with a text, the checks whose names have it. <c>fault DirectML FOLDER WHAT</c>: whether a device that is not available
/// is one clear line, and the CPU continues. <c>measure WebGpu LARGEST_BATCH FILE...</c>: how fast it is, beside the CPU. The
/// exit code is 0 where everything passed.
/// </summary>
internal static class Program
{
    private const string Usage =
        "usage: check DEVICE FOLDER [TEXT] | fault DEVICE FOLDER WHAT | measure DEVICE LARGEST_BATCH FILE...; "
        + "DEVICE is DirectML, WebGpu, Cuda or CoreML";

    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["check", string name, string folder, ..] when Find(name) is { } device:
                var checks = new Checks(device.Name, arguments.ElementAtOrDefault(3) ?? "");
                DeviceChecks.Run(checks, device, new BundleFolder(folder));
                EncoderChecks.Run(checks, device, new BundleFolder(folder));
                return checks.Finish();
            case ["fault", string name, string folder, string fault] when Find(name) is { } device:
                var faults = new Checks(device.Name);
                FaultChecks.Run(faults, device, new BundleFolder(folder).Smallest, fault);
                return faults.Finish();
            case ["measure", string name, string largest, .. string[] files] when Find(name) is { } device:
                foreach (string file in files) Measurement.Print(VaeBundle.Load(file), device,
                    int.Parse(largest, CultureInfo.InvariantCulture));
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 1;
        }
    }

    private static OnnxRuntimeDevice? Find(string name) =>
        OnnxRuntimeDevice.Accelerators.FirstOrDefault(device =>
            device.Kind.ToString().Equals(name, StringComparison.OrdinalIgnoreCase));
}
