using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using TorchSharp;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Model.Losses;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Training;

/// <summary>
/// All that training changes, as one process or lane has it, and the step that changes it: forward, losses, backward, averages
/// over those that share the batch, Adam. All replicas of a group hold the same weights. One thread.
/// </summary>
internal sealed class TrainingReplica : IDisposable
{
    // Radford et al. 2016: with more inertia, discriminators swing.
    private const double DiscriminatorBeta1 = 0.5;
    private const float SmallestNorm = 1e-6f;

    private readonly RunConfig _config;
    private readonly IProcessGroup? _group;
    private readonly torch.Device _device;
    private readonly VaeModel _model;
    private readonly Optimiser _optimiser;
    private readonly Elbo _elbo, _elboOfOne;
    private readonly Tensor? _colours;
    private bool _hasKernels;
    private PatchDiscriminator? _discriminator;
    private Optimiser? _discriminatorOptimiser;

    /// <summary>A replica at the start of training.</summary>
    /// <param name="config">Model and settings.</param>
    /// <param name="palette">The set's colours, the transparent one first.</param>
    /// <param name="group">Who shares the batch; the first of them keeps the average. Null for a process that trains
    /// alone.</param>
    /// <param name="device">Where it computes; null for the CPU.</param>
    public TrainingReplica(RunConfig config, Palette palette, IProcessGroup? group = null, torch.Device? device = null)
    {
        _config = config;
        _group = group;
        _device = device ?? CPU;
        _model = new VaeModel(config.Model, config.Training.Seed);
        _model.to(_device);
        if (group.IsFirst()) (Averaged = new VaeModel(config.Model, config.Training.Seed)).to(_device);
        _optimiser = new Optimiser(_model, Averaged);
        _colours = Elbo.VisibleColours(config.Model, palette.Colours.ToArray())?.to(_device).DetachFromDisposeScope();
        _elbo = new Elbo(config.Model, config.Training, _colours, group);
        _elboOfOne = new Elbo(config.Model, config.Training, _colours, null);
    }

    /// <summary>The model that learns.</summary>
    public VaeModel Model => _model;

    /// <summary>
    /// The moving average of the weights, which is what ships; kept by the first process of a group alone, otherwise null.
    /// </summary>
    public VaeModel? Averaged { get; }

    /// <summary>The step after which the discriminator joined; null before.</summary>
    public long? Joined { get; private set; }

    /// <summary>Adds a discriminator at its start.</summary>
    public void Join(long step)
    {
        Joined = step;
        _hasKernels = false;
        _discriminator = new PatchDiscriminator(_config.Model.PixelChannels, _config.Gan.Widths, _config.Training.Seed + 1);
        _discriminator.to(_device);
        _discriminatorOptimiser = new Optimiser(_discriminator, null, DiscriminatorBeta1);
    }

    /// <summary>
    /// One step on a batch with the KL weighed by <paramref name="beta"/>, and pulled towards <paramref name="capacity"/> nats
    /// where that is set.
    /// </summary>
    /// <returns>The losses before the step, means over the whole batch.</returns>
    public Losses Step(TrainingBatch batch, in StepSettings settings, float beta, float capacity, in AdversaryStep adversary)
    {
        // oneDNN makes a kernel when a convolution is first computed, and a wrong one where two threads make it at once.
        using IDisposable? turns = _hasKernels ? null : _group?.TakeTurns();
        _hasKernels = true;
        using DisposeScope scope = NewDisposeScope();
        TrainingBatch given = batch.To(_device);
        ElboTerms terms = _elbo.Evaluate(_model, given, beta, capacity);
        _optimiser.ZeroGradient();
        terms.Total.backward(retain_graph: _discriminator is not null);
        Average(_optimiser.Gradient);
        Tensor discriminator = zeros(1, device: _device), generator = discriminator;
        float factor = _discriminator is null ? 0f : Oppose(terms, given, adversary, out discriminator, out generator);

        _optimiser.Gradient.mul_(1f / batch.Size);
        float norm = _optimiser.Clip(_config.Training.GradientClip);
        _optimiser.Step(settings.LearningRate, settings.AverageDecay);
        Tensor sums = stack([terms.ReconstructionSum, terms.Kl.sum(), discriminator.sum(), generator.sum()]).detach()
            .div(batch.Size);
        float[] means = _group.Mean(sums).ToArray();
        return new Losses(means[0], means[1], norm, means[2], means[3], factor);
    }

    /// <summary>The losses of a batch under the averaged weights; nothing changes.</summary>
    public Losses Evaluate(TrainingBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable _ = no_grad();
        ElboTerms terms = _elboOfOne.Evaluate(Averaged!, batch.To(_device), beta: 1f, capacity: 0f);
        float[] means = stack([terms.ReconstructionSum, terms.Kl.sum()]).div(batch.Size).ToArray();
        return new Losses(means[0], means[1], 0f);
    }

    /// <summary>Writes weights, average, moments, and the discriminator's where there is one.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Joined ?? -1);
        _optimiser.Write(writer);
        _discriminatorOptimiser?.Write(writer);
    }

    /// <summary>Reads the averaged weights alone into a model of the same kind.</summary>
    public static void ReadAveraged(BinaryReader reader, VaeModel into)
    {
        reader.ReadInt64();
        into.Read(reader); // the weights, which the average follows
        into.Read(reader);
    }

    /// <summary>Reads them.</summary>
    public void Read(BinaryReader reader)
    {
        long joined = reader.ReadInt64();
        _optimiser.Read(reader);
        if (joined < 0) return;
        if (Joined is null) Join(joined);
        Joined = joined;
        _discriminatorOptimiser!.Read(reader);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimiser.Dispose();
        _discriminatorOptimiser?.Dispose();
        _model.Dispose();
        Averaged?.Dispose();
        _discriminator?.Dispose();
        _colours?.Dispose();
    }

    // The discriminator's step, and what it adds to the decoder's gradient: g + w a, or, where the weight is relative, g + w |g|
    // / |a| a (Esser et al. 2021, eq. 7, over all weights of the decoder). Both see one forward pass, as in algorithm 1 of Larsen
    // et al. 2016.
    private float Oppose(ElboTerms terms, TrainingBatch batch, in AdversaryStep step, out Tensor discriminator,
        out Tensor generator)
    {
        (discriminator, generator) = Adversarial.Losses(_discriminator!, terms.Target, terms.Decoded.Mean(_colours), batch);
        Tensor[] ofDecoder = [.. _model.Decoder.parameters()], ofDiscriminator = [.. _discriminatorOptimiser!.Parameters];
        Tensor pull = Flat(autograd.grad([generator], ofDecoder, retain_graph: true)); // leads to the decoder alone
        Average(pull);
        _discriminatorOptimiser.Gradient.copy_(Flat(autograd.grad([discriminator], ofDiscriminator)));
        Average(_discriminatorOptimiser.Gradient);

        // its parameters come last
        Tensor decoder = _optimiser.Gradient.narrow(0, _optimiser.Gradient.shape[0] - pull.shape[0], pull.shape[0]);
        float factor = step.Weight * (step.IsRelative
            ? decoder.norm().item<float>() / MathF.Max(pull.norm().item<float>(), SmallestNorm) : 1f);
        if (factor != 0f) decoder.add_(pull, alpha: factor);
        _discriminatorOptimiser.Gradient.mul_(1f / batch.Size);
        _discriminatorOptimiser.Step(step.LearningRate, averageDecay: 0);
        return factor;
    }

    private void Average(Tensor gradient)
    {
        if (_group is null) return;
        if (gradient.device.type == DeviceType.CPU) _group.Average(MemoryMarshal.Cast<byte, float>(gradient.bytes));
        else gradient.copy_(_group.Mean(gradient));
    }

    private static Tensor Flat(System.Collections.Generic.IEnumerable<Tensor> gradients) =>
        cat([.. gradients.Select(gradient => gradient.reshape(-1))]);
}

/// <summary>
/// Means over a batch: nats per sprite, and the Euclidean norm of the gradient before clipping. With a discriminator also its
/// hinge loss (2: it knows nothing, 0: it is sure), what it holds against the decoder, and what that was multiplied by.
/// </summary>
internal readonly record struct Losses(float Reconstruction, float Kl, float GradientNorm, float Discriminator = 0f,
    float Generator = 0f, float AdversaryFactor = 0f)
{
    /// <summary>Whether all of them are numbers.</summary>
    public bool AreFinite => float.IsFinite(Reconstruction + Kl + GradientNorm + Discriminator);
}

/// <summary>What a schedule decides about a discriminator for one step.</summary>
/// <param name="LearningRate">The discriminator's step size.</param>
/// <param name="Weight">How much it moves the decoder.</param>
/// <param name="IsRelative">Whether the weight is in units of the other gradient's length, or of nats a sprite.</param>
internal readonly record struct AdversaryStep(float LearningRate, float Weight, bool IsRelative);
