using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// A small network that tells a set's labels apart, and sees in sprites what it takes to do so. Its features are the layer of 64
/// units before the logits. Trained with a fixed seed for a fixed number of steps: the same set gives the same weights on the
/// same machine.
/// </summary>
public sealed class SpriteClassifier : IFeatureSpace
{
    /// <summary>
    /// Steps of training, <see cref="SpriteNetwork.Batch"/> sprites each: this many, or more for sets that need them to be seen
    /// three times.
    /// </summary>
    public const int Steps = 400, MostSteps = 3000;

    private const int Features = 64;
    private const long WeightsAndBatches = 1;
    private const float LearningRate = 2e-3f, AverageDecay = 0.98f, GradientClip = 10f;

    private static readonly int[] Channels = [16, 32, 64];

    private readonly int _width, _height;
    private readonly Stack _trunk, _logits;

    private SpriteClassifier(int width, int height, Network averaged)
    {
        (_width, _height) = (width, height);
        (_trunk, _logits) = (averaged.Trunk, averaged.Logits);
        Fingerprint = averaged.Fingerprint();
    }

    /// <inheritdoc/>
    public string Name => "own classifier";

    /// <summary>The seed of weights and batches.</summary>
    public long Seed => WeightsAndBatches;

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <summary>Whether a set has what it takes: sprites of two labels.</summary>
    public static bool CanLearn(SpriteSet set) => set.LabelCounts.Count(count => count > 0) > 1;

    /// <summary>
    /// Learns the labels of a set for which <see cref="CanLearn"/> holds; sprites without a label are left out.
    /// </summary>
    /// <param name="set">Sprites with labels.</param>
    /// <param name="atLeast">Steps of training, where that is more than <see cref="Steps"/>.</param>
    public static SpriteClassifier Train(SpriteSet set, int atLeast = Steps)
    {
        if (!CanLearn(set)) throw new ArgumentException("a classifier needs sprites of two labels", nameof(set));
        var labelled = new SpriteSet(set.Width, set.Height, [.. set.Sprites.Where(sprite => sprite.Label >= 0)], set.Labels);
        LibTorch.Require();
        using var network = new Network(set.Width, set.Height, set.Labels.Count);
        var averaged = new Network(set.Width, set.Height, set.Labels.Count);
        using var optimiser = new Optimiser(network, averaged);
        // A shift of a pixel keeps it from memorising single sprites.
        var batches = new BatchSource(labelled, SpriteNetwork.Batch, WeightsAndBatches, new AugmentationOptions { MaxShift = 1 });
        var (pixels, labels) = (new byte[SpriteNetwork.Batch * set.Width * set.Height * 4],
            new float[SpriteNetwork.Batch * set.Labels.Count]);
        int steps = Math.Clamp(3 * set.Sprites.Count / SpriteNetwork.Batch, atLeast, MostSteps);
        for (int step = 1; step <= steps; step++)
        {
            batches.Next(pixels, [], labels, augmentationStrength: 1);
            using DisposeScope scope = NewDisposeScope();
            Tensor x = SpriteNetwork.Intensities(tensor(pixels).reshape(-1, set.Height, set.Width, 4)),
                target = tensor(labels).reshape(-1, set.Labels.Count);
            optimiser.ZeroGradient();
            nn.functional.cross_entropy(network.call(x), target.argmax(1)).backward();
            optimiser.Clip(GradientClip);
            optimiser.Step(LearningRate * (1 + MathF.Cos(MathF.PI * step / steps)) / 2, AverageDecay);
        }
        return new SpriteClassifier(set.Width, set.Height, averaged);
    }

    /// <inheritdoc/>
    public FeatureMatrix Extract(IReadOnlyList<Rgba32[]> sprites) => SpriteNetwork.Matrix(sprites, _width, _height, _trunk.call);

    /// <summary>How likely each label is for each sprite, (N, L); rows sum to 1.</summary>
    public FeatureMatrix Probabilities(IReadOnlyList<Rgba32[]> sprites) =>
        SpriteNetwork.Matrix(sprites, _width, _height, x => _logits.call(_trunk.call(x)).softmax(1));

    /// <inheritdoc/>
    public void Dispose()
    {
        _trunk.Dispose();
        _logits.Dispose();
    }

    private sealed class Network : nn.Module<Tensor, Tensor>
    {
        private readonly Stack _trunk, _logits;

        public Network(int width, int height, int labels) : base("classifier")
        {
            var init = new WeightInit(WeightsAndBatches);
            var blocks = new List<Block>();
            int channels = 4;
            foreach (int to in Channels)
            {
                blocks.Add(new Convolution($"conv{to}", channels, to, kernel: 4, stride: 2, init));
                blocks.Add(new Nonlinearity($"act{to}", Activation.LeakyRelu));
                (channels, width, height) = (to, (width + 1) / 2, (height + 1) / 2);
            }
            _trunk = new Stack("trunk", [.. blocks, new Dense("features", channels * width * height, Features, init),
                new Nonlinearity("act", Activation.LeakyRelu)]);
            _logits = new Stack("logits", [new Dense("logits", Features, labels, init)]);
            RegisterComponents();
        }

        public Stack Trunk => _trunk;

        public Stack Logits => _logits;

        public override Tensor forward(Tensor x) => _logits.call(_trunk.call(x));
    }
}
