using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using TorchSharp;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Trainer.Training.Select;

/// <summary>
/// Trains a few candidates for a short while and keeps the one whose samples are nearest to held-out sprites: by the Fréchet
/// distance in the features of a random network, which favours none of them, times what speckle they have beyond the artist's.
/// </summary>
/// <param name="Chosen">The winner's settings.</param>
/// <param name="Explanation">A paragraph on what was compared and found.</param>
internal sealed record Pilot(RunConfig Chosen, string Explanation)
{
    /// <summary>The share of a run's time that each candidate is given.</summary>
    public const double TimeShare = 0.05;

    // So short a training cannot fit a network prior; a mixture treats all candidates alike.
    private static readonly PriorSettings Prior = new() { Kind = "mixture", MaxComponents = 4 };

    /// <summary>
    /// Compares candidates, each trained on <paramref name="device"/> for its share of what <paramref name="training"/> allows.
    /// </summary>
    public static Pilot Choose(Dataset data, IReadOnlyList<RunConfig> candidates, TrainingSettings training, torch.Device device)
    {
        Console.WriteLine(
            $"pilot      trying {string.Join(" and ", candidates.Select(one => one.Preset))} for a short while each");
        using var features = new RandomFeatures(data.All.Width, data.All.Height);
        var judge = new SampleJudge(data.HeldOut.Pixels(), data.Train.Pixels(), [features]);
        double real = PixelStatistics.FromSprites(data.HeldOut.Pixels(), data.All.Width).Orphans;
        double Distance(RunConfig one)
        {
            Rgba32[][] samples = Samples(Short(one, training), data, device, judge.Wanted);
            DistanceRatio found = judge.Judge(samples).Spaces[0].Frechet;
            double specks = QualityLimits.SpeckRatio(PixelStatistics.FromSprites(samples, data.All.Width).Orphans, real);
            return (found.Ratio ?? found.Samples) * Math.Max(1, specks);
        }
        double[] ratios = [.. candidates.Select(Distance)];
        int best = Array.IndexOf(ratios, ratios.Min());
        string figures = string.Join(", ", candidates.Select((one, i) => $"{one.Preset} {ratios[i]:F2}"));
        return new Pilot(candidates[best],
            $"--preset {candidates[best].Preset}, chosen by a pilot: {data.HeldOut.Sprites.Count} held-out sprites were "
            + "compared with as many samples of each candidate after a short training. Distance in units of that between "
            + $"real sprites, times excess speckle: {figures}; the least wins. --preset names another.");
    }

    private static RunConfig Short(RunConfig config, TrainingSettings training) => config with
    {
        Prior = Prior,
        Training = config.Training with
        {
            Seed = training.Seed,
            Threads = training.Threads,
            Epochs = 0,
            Minutes = training.Minutes * TimeShare,
            Steps = (long)Math.Ceiling(training.Steps * TimeShare),
        },
    };

    private static Rgba32[][] Samples(RunConfig config, Dataset data, torch.Device device, int count)
    {
        var folder = new RunFolder(Path.Combine(Path.GetTempPath(), "vaecontent-pilot-" + Guid.NewGuid().ToString("N")));
        try
        {
            LaneTraining.Run(config, data, folder, _ => { }, resume: false, CancellationToken.None, device: device);
            Shipment shipment = TrainedModel.Load(folder, config, data).Export();
            VaeBundle bundle = VaeBundle.Load(shipment.Decoder(WeightPrecision.Float32, TextureFit.Fit(shipment, data).Texture),
                config.Preset);
            using var sprites = new SpriteGenerator(bundle);
            return GeneratedSprites.Draw(sprites, seed: 0, count);
        }
        finally
        {
            if (Directory.Exists(folder.Path)) Directory.Delete(folder.Path, recursive: true);
        }
    }
}
