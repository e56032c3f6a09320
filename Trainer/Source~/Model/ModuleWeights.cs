using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model;

/// <summary>The weights of a module as files and snapshots hold them: all parameters in their order, 32-bit floats.</summary>
internal static class ModuleWeights
{
    /// <summary>
    /// Makes all weights of a module views of one vector, (P), in their order; what is done to it is done to them.
    /// </summary>
    public static Tensor Flatten(this nn.Module module)
    {
        using IDisposable scope = NewDisposeScope(), _ = no_grad();
        Parameter[] parameters = [.. module.parameters()];
        Tensor flat = cat([.. parameters.Select(parameter => parameter.reshape(-1))]).DetachFromDisposeScope();
        var offsets = new Dictionary<nint, long>(); // a layer disposes the weights that are replaced
        long offset = 0;
        foreach (Parameter parameter in parameters)
        {
            offsets.Add(parameter.Handle, offset);
            offset += parameter.numel();
        }
        Parameter View(Parameter parameter)
        {
            Tensor view = flat.narrow(0, offsets[parameter.Handle], parameter.numel()).view(parameter.shape);
            offset -= parameter.numel();
            var replacement = new Parameter(view.detach());
            replacement.DetachFromDisposeScope();
            return replacement;
        }
        foreach (nn.Module part in module.modules().Distinct())
        {
            switch (part)
            {
                case TorchSharp.Modules.Linear linear:
                    linear.weight = View(linear.weight!);
                    if (linear.bias is not null) linear.bias = View(linear.bias);
                    break;
                case TorchSharp.Modules.ConvolutionTranspose up:
                    (up.weight, up.bias) = (View(up.weight!), View(up.bias!));
                    break;
                case TorchSharp.Modules.Convolution conv:
                    (conv.weight, conv.bias) = (View(conv.weight!), View(conv.bias!));
                    break;
                default:
                    break;
            }
        }
        if (offset != 0) throw new InvalidOperationException($"{offset} weights lie in layers that cannot be flattened");
        return flat;
    }

    /// <summary>Writes a module's weights.</summary>
    public static void Write(this nn.Module module, BinaryWriter writer) => Write(module.parameters(), writer);

    /// <summary>Writes some tensors one after the other.</summary>
    public static void Write(IEnumerable<Tensor> tensors, BinaryWriter writer)
    {
        foreach (Tensor tensor in tensors) writer.Write(MemoryMarshal.AsBytes<float>(tensor.ToArray()));
    }

    /// <summary>Reads a module's weights.</summary>
    public static void Read(this nn.Module module, BinaryReader reader) => Read(module.parameters(), reader);

    /// <summary>Reads tensors as they were written.</summary>
    /// <exception cref="EndOfStreamException">There are fewer numbers than they hold.</exception>
    public static void Read(IEnumerable<Tensor> tensors, BinaryReader reader)
    {
        using IDisposable scope = NewDisposeScope(), _ = no_grad();
        foreach (Tensor into in tensors)
        {
            var data = new float[into.numel()];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(data.AsSpan()));
            into.copy_(tensor(data).reshape(into.shape));
        }
    }

    /// <summary>How many numbers a module's weights are.</summary>
    public static long ParameterCount(this nn.Module module) => module.parameters().Sum(parameter => parameter.numel());

    /// <summary>All weights as one list.</summary>
    public static float[] Flat(this nn.Module module) => [.. module.parameters().SelectMany(parameter => parameter.ToArray())];

    /// <summary>Takes all weights from one list.</summary>
    public static void SetFlat(this nn.Module module, ReadOnlySpan<float> weights)
    {
        using var stream = new MemoryStream(MemoryMarshal.AsBytes(weights).ToArray());
        using var reader = new BinaryReader(stream);
        module.Read(reader);
    }

    /// <summary>SHA-256 of the weights.</summary>
    public static string Fingerprint(this nn.Module module) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(module.Flat())));
}
