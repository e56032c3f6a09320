using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using TorchSharp;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Training;

/// <summary>
/// One batch as tensors, whose memory the caller refills for each step. B: sprites, H x W: their size, L: labels, K: draws a
/// sprite, Z: latent size.
/// </summary>
internal sealed class TrainingBatch : IDisposable
{
    private readonly List<Tensor> _owned = [];

    /// <summary>Memory for a batch of a model.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="size">B.</param>
    /// <param name="draws">K.</param>
    /// <param name="isCorrupted">Whether the encoder sees other sprites than the decoder is judged by.</param>
    /// <param name="isCrossPose">Whether the decoder is judged by another pose of the character, under that pose's
    /// label.</param>
    public TrainingBatch(ModelSpec spec, int size, int draws = 1, bool isCorrupted = false, bool isCrossPose = false)
    {
        Size = size;
        long h = spec.Height, w = spec.Width;
        Tensor New(ScalarType type, params long[] shape)
        {
            Tensor memory = zeros(shape, type).DetachFromDisposeScope();
            _owned.Add(memory);
            return memory;
        }
        Sprites = New(ScalarType.Byte, size, h, w, 4);
        Clean = isCorrupted || isCrossPose ? New(ScalarType.Byte, size, h, w, 4) : null;
        Indices = spec.HasPalette ? New(ScalarType.Byte, size, h, w) : null;
        Label = spec.ConditionLabels > 0 ? New(ScalarType.Float32, size, spec.ConditionLabels) : null;
        TargetLabel = isCrossPose ? New(ScalarType.Float32, size, spec.ConditionLabels) : null;
        Augmentation = spec.Augmentation > 0 ? New(ScalarType.Float32, size, spec.Augmentation) : null;
        Noise = New(ScalarType.Float32, (long)size * draws, spec.Latent);
        Draws = spec.Regulariser == Regulariser.Mmd ? New(ScalarType.Float32, size, spec.Latent) : null;
        Moved = New(ScalarType.Int64, size, h * w);
        Kept = New(ScalarType.Float32, size, 1, h, w);
    }

    private TrainingBatch(TrainingBatch of, torch.Device device)
    {
        Tensor? To(Tensor? tensor) => tensor?.to(device);
        (Size, Sprites, Clean, Indices, Label) = (of.Size, To(of.Sprites)!, To(of.Clean), To(of.Indices), To(of.Label));
        TargetLabel = To(of.TargetLabel);
        Augmentation = To(of.Augmentation);
        (Noise, Draws, Moved, Kept) = (To(of.Noise)!, To(of.Draws), To(of.Moved)!, To(of.Kept)!);
    }

    /// <summary>B.</summary>
    public int Size { get; }

    /// <summary>(B, H, W, 4) bytes of straight-alpha RGBA: what the encoder sees.</summary>
    public Tensor Sprites { get; }

    /// <summary>
    /// (B, H, W, 4) bytes: what the decoder is judged by where that is not what the encoder sees; null otherwise.
    /// </summary>
    public Tensor? Clean { get; }

    /// <summary>(B, H, W) bytes: palette indices; null without a palette likelihood.</summary>
    public Tensor? Indices { get; }

    /// <summary>(B, L): one weight per label; null in unconditional models.</summary>
    public Tensor? Label { get; }

    /// <summary>
    /// (B, L): the label the decoder is given where that is not what the encoder is given; null otherwise.
    /// </summary>
    public Tensor? TargetLabel { get; }

    /// <summary>(B, A): how sprites were changed, all 0 for not at all; null in models that are not told.</summary>
    public Tensor? Augmentation { get; }

    /// <summary>(B K, Z): standard normals.</summary>
    public Tensor Noise { get; }

    /// <summary>(B, Z): standard normals that latents are compared with; null without <see cref="Regulariser.Mmd"/>.</summary>
    public Tensor? Draws { get; }

    /// <summary>(B, H W): from which pixel of its sprite the discriminator sees each pixel.</summary>
    public Tensor Moved { get; }

    /// <summary>(B, 1, H, W): 1 where the discriminator sees a pixel, otherwise 0.</summary>
    public Tensor Kept { get; }

    /// <summary>A tensor's memory, row-major; empty for one that the model has no use for.</summary>
    public static Span<T> Memory<T>(Tensor? tensor) where T : unmanaged => tensor is null ? []
        : MemoryMarshal.Cast<byte, T>(tensor.bytes);

    /// <summary>The batch on a device: itself on the CPU, otherwise a copy that belongs to the caller's dispose scope.</summary>
    public TrainingBatch To(torch.Device device) => device.type == DeviceType.CPU ? this : new TrainingBatch(this, device);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in _owned) tensor.Dispose();
    }
}
