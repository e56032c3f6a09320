using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Models;

namespace VaeContent.Tests.Trainer.Graphs;

/// <summary>What ships is what was trained: the written decoder and encoder against the interpreter's reading of the graph.</summary>
public sealed class FrozenExportTests
{
    private static readonly Rgba32[] Colours = [default, new(20, 30, 40), new(200, 60, 50), new(60, 190, 90), new(240, 240, 230)];

    private static IEnumerable<string> Models => VaeTrial.Specs.Keys;

    private static IEnumerable<PixelOutput> Outputs =>
        [PixelOutput.SoftAlpha, new PixelOutput(HardAlpha: true, Grain: 0.5f), new PixelOutput(HardAlpha: true, Colours)];

    [Test]
    public void TheShippedDecoderIsTheTrainedOne([ValueSource(nameof(Models))] string model, [Range(0, 2)] int output)
    {
        ModelSpec spec = VaeTrial.Specs[model] with { Width = 20, Height = 12 };
        if (spec.Likelihood == Likelihood.Palette && output > 1) return; // its pixels are indices already
        var exported = new VaeGraph(spec, batch: 2, output: Outputs.ElementAt(output));
        float[] weights = Array.ConvertAll(VaeTrial.Weights(exported.Graph), w => 2f * w);
        byte[] file = OnnxWriter.WriteFrozen(exported.Graph, weights, Inputs((exported.Z, "z"), exported.Label), [(exported.Pixels, "pixels")], Nothing);
        foreach (int batch in new[] { 1, 3, 64 })
        {
            // The graph is built for 2 sprites and runs for any number; the interpreter is given one of the right size.
            var vae = new VaeGraph(spec, batch, output: Outputs.ElementAt(output));
            var feeds = new Dictionary<Value, double[]> { [vae.Z] = [.. Enumerable.Range(0, vae.Z.Count).Select(i => (double)new Sampler(4).Normal(i))] };
            if (vae.Label is { } label) feeds[label] = VaeTrial.Labels(batch, label.Shape[1]);
            Dictionary<string, Tensor> found = OnnxRun.Run(file, Feed(feeds, (vae.Z, "z"), vae.Label));
            Tensor expected = Interpreter.Run(vae.Graph, Array.ConvertAll(weights, w => (double)w), feeds, vae.Pixels)[0];

            Assert.That(found.Keys, Is.EqualTo(new[] { "pixels" }));
            Assert.That(found["pixels"].Shape, Is.EqualTo(expected.Shape));
            int different = found["pixels"].Data.Zip(expected.Data).Count(pair => pair.First != pair.Second);
            double share = (double)different / expected.Data.Length;
            Worst.Note("shipped decoders, share of bytes that differ (near ties)", share);
            Assert.That(share, Is.LessThan(2e-4), $"{different} of {expected.Data.Length} bytes differ at batch {batch}");
            Assert.That(found["pixels"].Data.Distinct().Count(), Is.GreaterThan(1), "the picture is not blank");
        }
    }

    [Test]
    public void TheWrittenEncoderIsTheTrainedOne([ValueSource(nameof(Models))] string model, [Values(1, 3, 64)] int batch)
    {
        ModelSpec spec = VaeTrial.Specs[model];
        var exported = new VaeGraph(spec, batch: 2);
        float[] weights = VaeTrial.Weights(exported.Graph);
        byte[] file = Encoder(exported, weights);
        var vae = new VaeGraph(spec, batch);
        var feeds = new Dictionary<Value, double[]> { [vae.Sprites] = VaeTrial.Sprites(spec, batch) };
        if (vae.Label is { } label) feeds[label] = VaeTrial.Labels(batch, label.Shape[1]);
        Dictionary<string, Tensor> found = OnnxRun.Run(file, Feed(feeds, (vae.Sprites, "sprites"), vae.Label));
        Tensor[] expected = Interpreter.Run(vae.Graph, Array.ConvertAll(weights, w => (double)w), feeds, vae.Mu, vae.LogVar);
        foreach (var (name, tensor) in new[] { "mu", "log_var" }.Zip(expected))
        {
            double error = Trial.RelativeError(found[name].Data, tensor.Data);
            Worst.Note("shipped encoders", error);
            Assert.That(error, Is.LessThan(1e-5));
        }
    }

    [Test]
    public void TheFileHoldsWhatItNeedsAndNothingElse([ValueSource(nameof(Models))] string model)
    {
        var vae = new VaeGraph(VaeTrial.Specs[model], batch: 2);
        float[] weights = VaeTrial.Weights(vae.Graph);
        _ = new TrainingGraph(vae, gradientClip: 500f); // what is appended for training must not ship
        byte[] decoder = OnnxWriter.WriteFrozen(vae.Graph, weights, Inputs((vae.Z, "z"), vae.Label), [(vae.Pixels, "pixels")], Nothing);
        Check(decoder, vae.Label is null ? ["z"] : ["z", "label"], "decoder");
        Check(Encoder(vae, weights), vae.Label is null ? ["sprites"] : ["sprites", "label"], "encoder");

        void Check(byte[] file, string[] inputs, string part)
        {
            ModelProto proto = ModelProto.Parser.ParseFrom(file);
            GraphProto graph = proto.Graph;
            Assert.That(proto.OpsetImport.Select(opset => (opset.Domain, opset.Version)), Is.EqualTo(new[] { ("", 17L) }));
            Assert.That(graph.Node.Select(node => node.Domain), Is.All.Empty);
            Assert.That(graph.Input.Select(input => input.Name), Is.EqualTo(inputs));
            Assert.That(graph.Input.Select(input => input.Type.TensorType.Shape.Dim[0].DimParam), Is.All.EqualTo("N"), "any batch");
            string[] parameters = [.. vae.Graph.Parameters.Select(parameter => parameter.Value.Name)];
            Assert.That(graph.Initializer.Select(tensor => tensor.Name).Intersect(parameters),
                Is.EquivalentTo(parameters.Where(name => name.StartsWith(part, StringComparison.Ordinal))));
            var used = graph.Node.SelectMany(node => node.Input).ToHashSet();
            Assert.That(graph.Initializer.Select(tensor => tensor.Name).Where(name => !used.Contains(name)), Is.Empty, "unused constants");
            Assert.That(graph.Node.SelectMany(node => node.Output), Is.Unique);
        }
    }

    [Test]
    public void MetadataIsKept()
    {
        var vae = new VaeGraph(VaeTrial.Specs["mlp + mse"], batch: 2);
        byte[] file = OnnxWriter.WriteFrozen(vae.Graph, VaeTrial.Weights(vae.Graph), [(vae.Z, "z")], [(vae.Pixels, "pixels")],
            new Dictionary<string, string> { ["artist"] = "Zoë" });
        Assert.That(ModelProto.Parser.ParseFrom(file).MetadataProps.Single(), Is.EqualTo(new StringStringEntryProto { Key = "artist", Value = "Zoë" }));
    }

    [Test]
    public void WhatIsNeitherComputedNorFedIsNamed()
    {
        var vae = new VaeGraph(VaeTrial.Specs["mlp + mse"], batch: 2);
        Assert.That(() => OnnxWriter.WriteFrozen(vae.Graph, VaeTrial.Weights(vae.Graph), [(vae.Sprites, "sprites")], [(vae.Pixels, "pixels")], Nothing),
            Throws.InvalidOperationException.With.Message.Contains("noise"));
    }

    private static Dictionary<string, string> Nothing => [];

    private static byte[] Encoder(VaeGraph vae, float[] weights) => OnnxWriter.WriteFrozen(vae.Graph, weights,
        Inputs((vae.Sprites, "sprites"), vae.Label), [(vae.Mu, "mu"), (vae.LogVar, "log_var")], Nothing);

    private static (Value, string)[] Inputs((Value, string) first, Value? label) => label is null ? [first] : [first, (label, "label")];

    private static IEnumerable<(string, ElementType, int[], double[])> Feed(Dictionary<Value, double[]> feeds, (Value, string) first, Value? label) =>
        Inputs(first, label).Select(input => (input.Item2, input.Item1.Type, input.Item1.Shape, feeds[input.Item1]));
}
