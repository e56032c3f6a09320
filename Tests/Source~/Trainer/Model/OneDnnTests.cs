using NUnit.Framework;
using TorchSharp;
using VaeContent.Trainer.Model;
using Tensor = TorchSharp.torch.Tensor;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>
/// Convolutions against those in float64, in which oneDNN has no part; on machines that hide their caches, too.
/// </summary>
public sealed class OneDnnTests
{
    [Test]
    public void ConvolutionsOfAllWidthsAreRight([Values(1, 3, 16, 24, 40)] int inputs, [Values(1, 8, 16, 24)] int outputs,
        [Values(3, 4)] int kernel)
    {
        OneDnn.Require(inputs, outputs, stride: 2);
        OneDnn.Require(inputs, outputs, stride: 2, isTransposed: true);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor picture = torch.randn(4, inputs, 8, 8), weights = torch.randn(outputs, inputs, kernel, kernel);
        Tensor[] found = Convolve(picture, weights), expected = Convolve(picture.to(torch.float64), weights.to(torch.float64));
        for (int i = 0; i < found.Length; i++)
            Assert.That((found[i].sub(expected[i]).abs().max() / expected[i].abs().max()).item<double>(), Is.LessThan(1e-4),
                $"forward, its gradient, transposed: number {i}");
    }

    private static Tensor[] Convolve(Tensor picture, Tensor weights)
    {
        picture = picture.detach().clone().requires_grad_();
        Tensor forward = torch.nn.functional.conv2d(picture, weights, strides: [2, 2], padding: [1, 1]);
        Tensor gradient = torch.autograd.grad([forward.square().sum()], [picture])[0];
        return [forward, gradient, torch.nn.functional.conv_transpose2d(picture, weights.transpose(0, 1), strides: [2, 2],
            padding: [1, 1])];
    }
}
