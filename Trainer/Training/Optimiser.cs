using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TorchSharp.Modules;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Training;

/// <summary>
/// Adam (Kingma &amp; Ba 2015) over a module, with the gradient averaged over those that share a batch and clipped to a norm, and an exponential
/// moving average of the weights, which is what ships. The gradients of all parameters are views of one vector.
/// </summary>
internal sealed class Optimiser : IDisposable
{
    private const double Beta2 = 0.999, Epsilon = 1e-8;

    private readonly Parameter[] _parameters;
    private readonly Parameter[] _averages;
    private readonly nn.Module _module;
    private readonly Adam _adam;
    private readonly Tensor _gradient; // (P)

    /// <summary>Starts with empty moments, and with the average at the weights.</summary>
    /// <param name="module">What learns.</param>
    /// <param name="average">A module of the same kind that becomes the average of the weights; null to keep none.</param>
    /// <param name="beta1">Adam's decay of the first moment.</param>
    public Optimiser(nn.Module module, nn.Module? average, double beta1 = 0.9)
    {
        _module = module;
        _parameters = [.. module.parameters()];
        _averages = average is null ? [] : [.. average.parameters()];
        _adam = optim.Adam(_parameters, lr: 1e-3, beta1: beta1, beta2: Beta2, eps: Epsilon);
        _gradient = zeros(_parameters.Sum(parameter => parameter.numel()), device: _parameters[0].device).DetachFromDisposeScope();
        using IDisposable scope = NewDisposeScope(), _ = no_grad();
        foreach (var (own, weights) in _averages.Zip(_parameters)) own.copy_(weights);
        long offset = 0;
        foreach (Parameter parameter in _parameters)
        {
            parameter.grad = _gradient.narrow(0, offset, parameter.numel()).view(parameter.shape);
            offset += parameter.numel();
        }
    }

    /// <summary>What learns.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>(P): the gradients of all parameters one after the other; what backward() leaves is added to it.</summary>
    public Tensor Gradient => _gradient;

    /// <summary>Forgets the gradient.</summary>
    public void ZeroGradient() => _gradient.zero_();

    /// <summary>Makes the gradient that of a whole batch, divided by its size, and shortens it where it is longer than allowed.</summary>
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
        foreach (var group in _adam.ParamGroups) group.LearningRate = learningRate;
        _adam.step();
        using IDisposable scope = NewDisposeScope(), _ = no_grad();
        for (int i = 0; i < _averages.Length; i++) _averages[i].lerp_(_parameters[i], 1 - averageDecay);
    }

    /// <summary>Writes weights, moments and average.</summary>
    public void Write(BinaryWriter writer)
    {
        _module.Write(writer);
        ModuleWeights.Write(_averages.Length > 0 ? _averages : _parameters, writer);
        _adam.save_state_dict(writer);
    }

    /// <summary>Reads them; the average only where one is kept.</summary>
    public void Read(BinaryReader reader)
    {
        _module.Read(reader);
        using (Tensor skipped = zeros(_gradient.shape[0]))
        {
            if (_averages.Length > 0) ModuleWeights.Read(_averages, reader);
            else ModuleWeights.Read([skipped], reader);
        }
        _adam.load_state_dict(reader);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _adam.Dispose();
        foreach (Parameter parameter in _parameters) parameter.grad = null;
        _gradient.Dispose();
    }
}

/// <summary>What a schedule decides for one step.</summary>
/// <param name="Step">Counted from 1.</param>
/// <param name="LearningRate">Adam's step size.</param>
/// <param name="AverageDecay">Decay of the moving average of the weights.</param>
internal readonly record struct StepSettings(long Step, float LearningRate, float AverageDecay);
