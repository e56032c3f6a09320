using VaeContent.Trainer.Commands;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Engines.Torch;

internal static class Program
{
    private static int Main(string[] args)
    {
        EngineRegistry.Add(new TorchEngineKind());
        PictureFiles.Add(new ImageSharpPictures());
        PictureFiles.Add(new QoiPictures());
        return CommandLine.Run(args);
    }
}
