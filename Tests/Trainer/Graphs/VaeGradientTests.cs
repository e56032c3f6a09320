using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Tests.Trainer.Graphs;

public sealed class VaeGradientTests
{
    private const int Batch = 2;

    private static IEnumerable<string> Models => VaeTrial.Specs.Keys;

    private static IEnumerable<(int, int)> Sizes => VaeTrial.Sizes;

    [Test]
    public void TheGradientOfAWholeModelIsRight([ValueSource(nameof(Models))] string model, [ValueSource(nameof(Sizes))] (int Width, int Height) size)
    {
        ModelSpec spec = VaeTrial.Specs[model] with { Width = size.Width, Height = size.Height };
        var vae = new VaeGraph(spec, Batch, freeBits: 0.05f);
        Graph g = vae.Graph;
        Trial trial = VaeTrial.Of(vae, VaeTrial.Weights(g));
        Value gradient = g.Concat(0, [.. Gradients.Of(g, vae.Loss, g.Parameters).Select(part => g.Reshape(part, part.Count))]);

        Tensor[] exact = trial.ByInterpreter(gradient, vae.Loss, vae.Kl), onnx = trial.ByOnnxRuntime(gradient, vae.Loss, vae.Kl);
        double[] direction = [.. Enumerable.Range(0, trial.Weights.Length).Select(i => (double)new Sampler(9).Normal(i))];
        double along = exact[0].Data.Zip(direction, (a, b) => a * b).Sum();
        double difference = (LossAt(trial, vae.Loss, direction, 1e-6) - LossAt(trial, vae.Loss, direction, -1e-6)) / 2e-6;

        double inOnnx = Trial.RelativeError(onnx[0].Data, exact[0].Data);
        Worst.Note("whole models, gradient in ONNX Runtime", inOnnx);
        Worst.Note("whole models, loss in ONNX Runtime", Trial.RelativeError(onnx[1].Data, exact[1].Data));
        Worst.Note("whole models, directional difference", Trial.RelativeError([along], [difference]));
        Assert.That(along, Is.EqualTo(difference).Within(1e-5 * double.Max(double.Abs(difference), 0.01 * Norm(exact[0].Data))), "the interpreter's gradient against differences");
        Assert.That(inOnnx, Is.LessThan(1e-4), "ONNX Runtime's gradient");
        Assert.That(Trial.RelativeError(onnx[1].Data, exact[1].Data), Is.LessThan(1e-5), "loss");
        Assert.That(Trial.RelativeError(onnx[2].Data, exact[2].Data), Is.LessThan(1e-5), "KL");
    }

    private static double Norm(double[] x) => double.Sqrt(x.Sum(value => value * value));

    private static double LossAt(Trial trial, Value loss, double[] direction, double step) =>
        Interpreter.Run(trial.Graph, [.. trial.Weights.Zip(direction, (w, d) => w + (step * d))], trial.Feeds, loss)[0].Data[0];
}
