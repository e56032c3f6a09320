using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Model;
using VaeContent.Trainer.Model;

namespace VaeContent.Tests.Trainer.Export;

/// <summary>What the exporter writes is ONNX by its own project's checker, shapes included, which Debian packs.</summary>
public sealed class OnnxCheckerTests
{
    private const string Python = "/usr/bin/python3"; // Debian's packages belong to this one, whatever lies before it on PATH
    private const int Models = 40;

    [Test]
    public void RandomModelsPassItsFullCheck()
    {
        if (Run("import onnx") is not 0) Assert.Ignore("no python3-onnx; .ci/run installs it on Debian");
        Random random = TestSeed.NewRandom();
        string folder = Directory.CreateTempSubdirectory("vaecontent-").FullName;
        try
        {
            for (int i = 0; i < Models; i++)
            {
                ModelSpec spec = ModelParityTests.RandomSpec(random, out _);
                using var model = new VaeModel(spec);
                var output = new PixelOutput(!spec.SoftAlpha)
                {
                    Texture = new Texture(random.Next(2), random.Next(2), random.Next(2), Shades: random.Next(2) == 0),
                    Palette = TinyModels.Palette(Math.Max(2, spec.Colours)),
                    Pairs = TinyModels.Pairs(Math.Max(1, spec.Colours - 1), seed: i),
                    Shades = TinyModels.Shades(Math.Max(1, spec.Colours - 1), spec.PixelFeatures, seed: i),
                };
                File.WriteAllBytes(Path.Combine(folder, $"{i}.decoder.onnx"), ModelParityTests.DecoderFile(model, output));
                File.WriteAllBytes(Path.Combine(folder, $"{i}.encoder.onnx"), ModelParityTests.EncoderFile(model));
            }
            Assert.That(Run("""
                import glob, onnx, sys
                for path in sorted(glob.glob(sys.argv[1] + '/*.onnx')):
                    try:
                        onnx.checker.check_model(onnx.load(path), full_check=True)
                    except Exception as error:
                        sys.exit(path + ': ' + str(error))
                """, folder), Is.Zero);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The exit code, null without Python; what it complains of goes to the test's output.
    private static int? Run(string program, params string[] arguments)
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo(Python, new[] { "-c", program }.Concat(arguments))
            {
                RedirectStandardError = true,
            })!;
            TestContext.Out.Write(python.StandardError.ReadToEnd());
            python.WaitForExit();
            return python.ExitCode;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
