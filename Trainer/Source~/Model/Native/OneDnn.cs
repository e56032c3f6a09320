using System;
using System.Runtime.InteropServices;
using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace VaeContent.Trainer.Model;

/// <summary>
/// oneDNN, with which libtorch computes convolutions on an x86 CPU. Its 3.7.1, in libtorch 2.10, asks for the size of the
/// first-level cache; where a virtual machine hides that, it reorders tensors whose channels leave a block of 16 unfilled in a
/// way that writes zeros over what it has written: convolutions are silently wrong. libtorch's own are right, and take 1.7 times
/// as long.
/// </summary>
internal static unsafe class OneDnn
{
    private const int Block = 16;
    private const double Tolerance = 1e-3;

    private static readonly Lazy<bool> Outcome = new(Check);

    /// <summary>
    /// To be called for each convolution of a network: one that oneDNN would get wrong, libtorch computes itself.
    /// </summary>
    /// <remarks>
    /// Of 3,000 shapes of 3 to 104 channels, on 4x4 to 32x32 pixels, all that were wrong are among those that this calls wrong.
    /// </remarks>
    /// <exception cref="UserError">Both would be wrong.</exception>
    public static void Require(int inputs, int outputs, int stride, bool isTransposed = false)
    {
        // A transposed convolution is the gradient of a plain one, and its gradient that one.
        if (isTransposed) (inputs, outputs) = (outputs, inputs);
        bool isRight = inputs <= Block || inputs % Block == 0,
            hasRightGradient = outputs % Block == 0 || (stride > 1 && inputs >= Block);
        if (isRight && hasRightGradient) return;
        if (!Outcome.Value) throw new UserError("libtorch's convolutions are wrong on this machine: oneDNN finds no first-level "
            + "cache in its processor, and cannot be turned off. Train on another machine.");
    }

    // Convolutions with unfilled blocks, against float64, in which oneDNN has no part.
    private static bool IsRight()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable no = torch.no_grad();
        return Differ(24, 16, (x, w) => torch.nn.functional.conv2d(x, w, padding: [1, 1])) < Tolerance
            && Differ(3, 1, (x, w) => torch.nn.functional.conv_transpose2d(x, w.transpose(0, 1), padding: [1, 1])) < Tolerance;
    }

    private static double Differ(int inputs, int outputs, Func<Tensor, Tensor, Tensor> convolve)
    {
        Tensor x = Ramp(2, inputs, 8, 8), weights = Ramp(outputs, inputs, 3, 3);
        return convolve(x.to(torch.float32), weights.to(torch.float32)).sub(convolve(x, weights)).abs().max().item<double>();
    }

    private static Tensor Ramp(params long[] shape)
    {
        long count = 1;
        foreach (long size in shape) count *= size;
        return torch.arange(count, dtype: torch.float64).mul(0.7).sin().reshape(shape);
    }

    private static bool Check()
    {
        // NNPACK is what libtorch would take next, and where it does not know the caches either it says so at each convolution.
        TurnOff("setUserEnabledNNPACK");
        return IsRight() || (TurnOff("setUserEnabledMkldnn") && IsRight());
    }

    // TorchSharp has no way to it: a member of libtorch's at::Context, by its name in the library.
    private static bool TurnOff(string member)
    {
        if (!NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out nint library)) return false;
        bool isWindows = OperatingSystem.IsWindows();
        string context = isWindows ? "?globalContext@at@@YAAEAVContext@1@XZ" : "_ZN2at13globalContextEv";
        string set = isWindows ? $"?{member}@Context@at@@QEAAX_N@Z" : $"_ZN2at7Context{member.Length}{member}Eb";
        if (!NativeLibrary.TryGetExport(library, context, out nint contextOf)
            || !NativeLibrary.TryGetExport(library, set, out nint setter)) return false;
        ((delegate* unmanaged<nint, byte, void>)setter)(((delegate* unmanaged<nint>)contextOf)(), 0);
        return true;
    }
}
