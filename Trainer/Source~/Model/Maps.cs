using static TorchSharp.torch;

namespace VaeContent.Trainer.Model;

/// <summary>Maps of channels.</summary>
internal static class Maps
{
    /// <summary>A map (B, C, H, W) place by place: (B H W, C).</summary>
    public static Tensor InRows(this Tensor map) => map.permute(0, 2, 3, 1).reshape(-1, map.shape[1]);
}
