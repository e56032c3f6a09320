namespace VaeContent.Trainer.Models;

/// <summary>The nonlinearity between layers.</summary>
public enum Activation
{
    /// <summary>x sigmoid(x).</summary>
    Silu,

    /// <summary>x above zero, 0.1 x below.</summary>
    LeakyRelu,

    /// <summary>x above zero, 0 below.</summary>
    Relu,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,
}
