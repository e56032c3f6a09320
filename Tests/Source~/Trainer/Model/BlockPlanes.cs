using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>Pixels row by row, and in blocks of 2x2, row by row: each of the four is a plane of half the size.</summary>
internal static class BlockPlanes
{
    /// <summary>(H, W) to (1, 4, R, C).</summary>
    public static Tensor FromPixels(float[] pixels, int height, int width) => tensor(pixels).reshape(height / 2, 2, width / 2, 2)
        .permute(1, 3, 0, 2).reshape(1, 4, height / 2, width / 2).contiguous();

    /// <summary>(1, 4, R, C) to (H, W).</summary>
    public static float[] Pixels(Tensor planes) => planes.reshape(2, 2, planes.shape[2], planes.shape[3]).permute(2, 0, 3, 1)
        .reshape(-1).data<float>().ToArray();
}
