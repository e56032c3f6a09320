using System;

namespace VaeContent.Trainer;

internal static class Program
{
    private static int Main(string[] args)
    {
        Console.WriteLine(Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetVersionString());
        return args.Length;
    }
}
