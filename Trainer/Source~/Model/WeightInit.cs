using System;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace VaeContent.Trainer.Model;

/// <summary>
/// Where training starts: seeded normals for weights, zeros for biases. The same seed gives the same bits on every machine.
/// </summary>
internal sealed class WeightInit(long seed)
{
    private int _stream;

    /// <summary>
    /// Fills weights with normals of variance 1.6 gain^2 / fan-in (LeCun et al. 1998, with the gain that keeps the variance
    /// through the nonlinearities used here).
    /// </summary>
    public void Normal(Parameter weights, int fanIn, float gain = 1f) => Fill(weights, gain * MathF.Sqrt(1.6f / fanIn));

    /// <summary>Fills the weights (units, inputs) of a fully connected layer.</summary>
    public void Linear(TorchSharp.Modules.Linear layer, float gain = 1f)
    {
        Fill(layer.weight!, gain * MathF.Sqrt(1.6f / layer.weight!.shape[1]), inputsFirst: true);
        if (layer.bias is not null) Zeros(layer.bias);
    }

    /// <summary>Fills a bias with zeros.</summary>
    public void Zeros(Parameter bias)
    {
        using IDisposable _ = no_grad();
        bias.zero_();
        _stream++;
    }

    private void Fill(Parameter weights, float deviation, bool inputsFirst = false)
    {
        var normals = new Sampler(seed, _stream++);
        var drawn = new float[weights.numel()];
        for (int i = 0; i < drawn.Length; i++) drawn[i] = normals.Normal(i) * deviation;
        using IDisposable scope = NewDisposeScope(), _ = no_grad();
        Tensor values = tensor(drawn);
        weights.copy_(inputsFirst ? values.reshape(weights.shape[1], weights.shape[0]).t() : values.reshape(weights.shape));
    }
}
