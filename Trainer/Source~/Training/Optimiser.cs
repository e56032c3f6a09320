using System;
using System.Collections.Generic;
using System.IO;
using TorchSharp.Modules;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Training;

/// <summary>
/// Adam (Kingma &amp; Ba 2015) over a module, with the gradient clipped to a norm, and an exponential moving average of the
/// weights, which is what ships. Weights, gradients and average are one vector each, of which the module's are views: one pass
/// over memory where a pass for each layer took three times as long.
/// </summary>
internal sealed class Optimiser : IDisposable
{
    private const double Beta2 = 0.999, Epsilon = 1e-8;

    private readonly Parameter _weights; // (P), as the gradient and the average
    private readonly Tensor _gradient;
    private readonly Tensor? _average;
    private readonly Adam _adam;

    /// <summary>Starts with empty moments, and with the average at the weights.</summary>
    /// <param name="module">What learns.</param>
    /// <param name="average">A module of the same kind that becomes the average of the weights; null to keep none.</param>
    /// <param name="beta1">Adam's decay of the first moment.</param>
    public Optimiser(nn.Module module, nn.Module? average, double beta1 = 0.9)
    {
        using IDisposable scope = NewDisposeScope(), _ = no_grad();
        Tensor flat = module.Flatten();
        _gradient = zeros_like(flat).DetachFromDisposeScope();
        _weights = new Parameter(flat.detach()) { grad = _gradient.alias() };
        _weights.DetachFromDisposeScope();
        _average = average?.Flatten();
        _average?.copy_(_weights);
        _adam = optim.Adam([_weights], lr: 1e-3, beta1: beta1, beta2: Beta2, eps: Epsilon);
        Parameters = [.. module.parameters()];
        long offset = 0;
        foreach (Parameter parameter in Parameters)
        {
            parameter.grad = _gradient.narrow(0, offset, parameter.numel()).view(parameter.shape);
            offset += parameter.numel();
        }
    }

    /// <summary>What learns.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>(P): the gradients of all parameters one after the other; what backward() leaves is added to it.</summary>
    public Tensor Gradient => _gradient;

    /// <summary>Forgets the gradient.</summary>
    public void ZeroGradient() => _gradient.zero_();

    /// <summary>Shortens the gradient where it is longer than allowed.</summary>
    /// <returns>Its Euclidean norm before that.</returns>
    public float Clip(float longest)
    {
        float norm = _gradient.norm().item<float>();
        if (!(norm <= longest)) _gradient.mul_(longest / norm); // not a number where the norm is none
        return norm;
    }

    /// <summary>One step of Adam, and of the average.</summary>
    public void Step(double learningRate, double averageDecay)
    {
        using IDisposable scope = NewDisposeScope(), _ = no_grad();
        foreach (var group in _adam.ParamGroups) group.LearningRate = learningRate;
        _adam.step();
        _average?.lerp_(_weights, 1 - averageDecay);
    }

    /// <summary>Writes weights, average and moments.</summary>
    public void Write(BinaryWriter writer)
    {
        ModuleWeights.Write([_weights, _average ?? _weights], writer);
        _adam.save_state_dict(writer);
    }

    /// <summary>Reads them; the average only where one is kept.</summary>
    public void Read(BinaryReader reader)
    {
        using Tensor skipped = zeros_like(_gradient);
        ModuleWeights.Read([_weights, _average ?? skipped], reader);
        _adam.load_state_dict(reader);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _adam.Dispose();
        foreach (Parameter parameter in Parameters) parameter.grad = null;
        _weights.Dispose();
        _gradient.Dispose();
        _average?.Dispose();
    }
}

/// <summary>What a schedule decides for one step.</summary>
/// <param name="Step">Counted from 1.</param>
/// <param name="LearningRate">Adam's step size.</param>
/// <param name="AverageDecay">Decay of the moving average of the weights.</param>
internal readonly record struct StepSettings(long Step, float LearningRate, float AverageDecay);
