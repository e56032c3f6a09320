using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// A small network that tells a set's labels apart, and sees in sprites what it takes to do so. Its features are the layer of 64 units before
/// the logits. Trained with a fixed seed for a fixed number of steps: the same set gives the same weights on the same machine.
/// </summary>
public sealed class SpriteClassifier : IFeatureSpace
{
    /// <summary>Steps of training, <see cref="SpriteNetwork.Batch"/> sprites each: so many, or more for sets that need them to be seen three times.</summary>
    public const int Steps = 400, MostSteps = 3000;

    private const int Features = 64;
    private const long WeightsAndBatches = 1;
    private const float LearningRate = 2e-3f, AverageDecay = 0.98f, GradientClip = 10f;

    private static readonly Layer[] Trunk =
    [
        new Layer.Conv(16, 4, 2), new Layer.Activate(Activation.LeakyRelu),
        new Layer.Conv(32, 4, 2), new Layer.Activate(Activation.LeakyRelu),
        new Layer.Conv(64, 4, 2), new Layer.Activate(Activation.LeakyRelu),
        new Layer.Linear(Features), new Layer.Activate(Activation.LeakyRelu),
    ];

    private readonly SpriteNetwork _network;
    private readonly Value _features, _probabilities;

    private SpriteClassifier(SpriteNetwork network, Value features, Value probabilities)
    {
        _network = network;
        _features = features;
        _probabilities = probabilities;
    }

    /// <inheritdoc/>
    public string Name => "own classifier";

    /// <summary>The seed of weights and batches.</summary>
    public long Seed => WeightsAndBatches;

    /// <inheritdoc/>
    public string Fingerprint => _network.Fingerprint;

    /// <summary>Whether a set has what it takes: sprites of two labels.</summary>
    public static bool CanLearn(SpriteSet set) => set.LabelCounts.Count(count => count > 0) > 1;

    /// <summary>Learns the labels of a set for which <see cref="CanLearn"/> holds; sprites without a label are left out.</summary>
    public static SpriteClassifier Train(SpriteSet set, IEngine engine)
    {
        if (!CanLearn(set)) throw new ArgumentException("a classifier needs sprites of two labels", nameof(set));
        var labelled = new SpriteSet(set.Width, set.Height, [.. set.Sprites.Where(sprite => sprite.Label >= 0)], set.Labels);

        var g = new Graph();
        Value sprites = SpriteNetwork.Input(g, set.Width, set.Height);
        Value target = g.Input("target", ElementType.Float, SpriteNetwork.Batch, set.Labels.Count); // (B, L), 1 at the label
        Value features = g.Apply(Trunk, g.Intensities(sprites, softAlpha: true), "trunk");
        Value logits = g.Apply([new Layer.Linear(set.Labels.Count)], features, "logits");
        Value probabilities = g.Softmax(logits);

        Value loss = g.Neg(g.Sum(g.Mul(target, g.Log(g.Max(probabilities, g.Constant(1e-30f))))));
        g.DefineGradient(loss, [logits], dy => [g.Mul(g.Sub(probabilities, target), dy)]);
        TrainingState state = TrainingState.Initial(g, WeightsAndBatches);
        Train(engine, new TrainingGraph(g, loss, SpriteNetwork.Batch, GradientClip, loss), state, labelled, sprites, target);
        return new SpriteClassifier(new SpriteNetwork(engine, g, state.Average, sprites, features, probabilities), features, probabilities);
    }

    /// <inheritdoc/>
    public FeatureMatrix Of(IReadOnlyList<Rgba32[]> sprites) => _network.Matrix(sprites, _features);

    /// <summary>How likely each label is for each sprite, (N, L); rows sum to 1.</summary>
    public FeatureMatrix Probabilities(IReadOnlyList<Rgba32[]> sprites) => _network.Matrix(sprites, _probabilities);

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private static void Train(IEngine engine, TrainingGraph graph, TrainingState state, SpriteSet set, Value sprites, Value target)
    {
        // A shift of a pixel keeps it from learning single sprites by heart.
        var batches = new BatchSource(set, SpriteNetwork.Batch, WeightsAndBatches, new AugmentationOptions { MaxShift = 1 });
        using ITrainingSession session = engine.Start(graph, state);
        int steps = Math.Clamp(3 * set.Sprites.Count / SpriteNetwork.Batch, Steps, MostSteps);
        for (int step = 1; step <= steps; step++)
        {
            batches.Next(session.Input<byte>(sprites), [], session.Input<float>(target), augmentationStrength: 1);
            float rate = LearningRate * (1 + MathF.Cos(MathF.PI * step / steps)) / 2;
            session.Step(new StepSettings(step, rate, AverageDecay));
        }
        session.Read(state);
    }
}
