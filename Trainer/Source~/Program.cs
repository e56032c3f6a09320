using System;
using VaeContent.Trainer.Cli;

namespace VaeContent.Trainer;

internal static class Program
{
    private static int Main(string[] args)
    {
        PlainConsole.Install();
        NativeHeap.KeepFreedMemory();
        Console.SetOut(new SturdyWriter(Console.Out));
        return CommandLine.Run(args);
    }
}
