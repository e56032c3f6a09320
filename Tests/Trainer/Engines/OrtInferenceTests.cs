using System;
using System.Collections.Generic;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Trainer.Engines;

public sealed class OrtInferenceTests
{
    [Test]
    public void AnInnerPartOfAGraphIsComputedAsByTheInterpreter()
    {
        var vae = new VaeGraph(VaeTrial.Specs["conv + sigma, soft alpha"] with { Width = 16, Height = 12 }, batch: 3);
        float[] weights = VaeTrial.Weights(vae.Graph);
        Dictionary<Value, double[]> feeds = VaeTrial.Feeds(vae);
        double[] exact = Interpreter.Run(vae.Graph, Array.ConvertAll(weights, w => (double)w), feeds, vae.Mu)[0].Data;

        using IInference inference = new OrtEngine(1).Infer(vae.Graph, weights, [vae.Sprites], [vae.Mu, vae.LogVar]);
        for (int run = 0; run < 2; run++)
        {
            Span<byte> sprites = inference.Input<byte>(vae.Sprites);
            for (int i = 0; i < sprites.Length; i++) sprites[i] = (byte)feeds[vae.Sprites][i];
            inference.Run();
            double[] found = Array.ConvertAll(inference.Output<float>(vae.Mu).ToArray(), x => (double)x);
            Assert.That(Trial.RelativeError(found, exact), Is.LessThan(1e-5));
        }
    }
}
