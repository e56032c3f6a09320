using VaeContent.Trainer.Commands;

namespace VaeContent.Trainer.Engines.Torch;

internal static class Program
{
    private static int Main(string[] args)
    {
        EngineRegistry.Add(new TorchEngineKind());
        return CommandLine.Run(args);
    }
}
