namespace VaeContent.Trainer.Models;

/// <summary>The family of networks.</summary>
public enum Architecture
{
    /// <summary>4x4 convolutions of stride 2 down, their transposes up. The default.</summary>
    Conv,

    /// <summary>Fully connected layers: for very small pictures.</summary>
    Mlp,
}
