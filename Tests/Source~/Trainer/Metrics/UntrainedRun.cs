using System;
using System.IO;
using System.Linq;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Metrics;

/// <summary>
/// A run folder over 60 painted 8x8 sprites of two labels whose model knows nothing yet: all of the way but the training.
/// </summary>
internal sealed class UntrainedRun : IDisposable
{
    private readonly SpriteBox _box = new();

    public UntrainedRun(bool conditional = false)
    {
        var random = new Random(1);
        for (int i = 0; i < 60; i++) Paint($"{(i % 2 == 0 ? "beast" : "plant")}/{i:d3}.png", random);
        var data = new DataSettings { Folder = _box.Root };
        Dataset dataset = Dataset.Load(data);
        RunConfig config = Presets.ForDataset("palette", dataset) with { Data = data };
        config = config with
        {
            Training = config.Training with { Steps = 20 },
            Model = config.Model with
            {
                Widths = [4, 8],
                DecoderWidths = [],
                Hidden = 0,
                DecoderHidden = 0,
                Latent = 4,
                ConditionLabels = conditional ? 2 : 0
            }
        };
        var folder = new RunFolder(Path.Combine(_box.Root, ".run"));
        folder.SaveConfig(config);
        using (var replica = new TrainingReplica(config, dataset.Palette.Palette))
            Checkpoint.FromState(0, 0, replica.Averaged!.ParameterCount(), replica.Write).Save(folder.CheckpointPath);
        Model = TrainedModel.Load(folder);
        Shipment shipment = Model.Export();
        Decoder = VaeBundle.Load(shipment.Decoder(WeightPrecision.Float32), "test.vae");
        Encoder = EncoderBundle.Load(shipment.Encoder, "test.encoder.vae");
    }

    public string Root => _box.Root;

    public TrainedModel Model { get; }

    public VaeBundle Decoder { get; }

    public EncoderBundle Encoder { get; }

    /// <summary>Adds a sprite to the folder.</summary>
    public void Paint(string path, Random random)
    {
        Rgba32[] colours = [default, new(200, 0, 0), new(0, 200, 0), new(0, 0, 200)];
        _box.Save(path, new Bitmap(8, 8, [.. Enumerable.Range(0, 64).Select(_ => colours[random.Next(4)])]));
    }

    public void Dispose() => _box.Dispose();
}
