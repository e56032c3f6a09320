using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Training;

/// <summary>
/// What the weights of a shipped model meet when it draws its sprites: by the name of a parameter over K inputs the sum of the products of any two
/// of them, K x K, over many samples. <see cref="CalibratedSteps"/> rounds by it.
/// </summary>
internal static class InputMoments
{
    private const int Sprites = 512, Batch = 32, RowsPerSprite = 64;
    private const long Seed = 2;

    private delegate void Entry(int sprite, Span<float> latent);

    /// <summary>Of a decoder that draws the training sprites.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="weights">All its parameters, flat.</param>
    /// <param name="posteriors">Of the sprites; their means are decoded.</param>
    /// <param name="labels">The label of each of the sprites.</param>
    /// <param name="engine">What computes.</param>
    public static Dictionary<string, double[]> OfDecoder(ModelSpec spec, float[] weights, Posteriors posteriors, IReadOnlyList<int> labels, IEngine engine)
    {
        var vae = new VaeGraph(spec, Batch);
        void Mean(int sprite, Span<float> latent) => posteriors.Mu.AsSpan(sprite * latent.Length, latent.Length).CopyTo(latent);
        return Of(vae.Graph, vae.FirstDecoderParameter, weights, (vae.Z, Mean), vae.Label, labels, engine);
    }

    /// <summary>Of a prior network on its way from noise to latents, with the sprites' labels, -1 for none.</summary>
    public static Dictionary<string, double[]> OfPrior(FlowPrior flow, IReadOnlyList<int> labels, IEngine engine)
    {
        var g = new Graph();
        Value noise = g.Input("noise", ElementType.Float, Batch, flow.Spec.Latent);
        Value? label = flow.Spec.Labels > 0 ? g.Input("label", ElementType.Float, Batch, flow.Spec.Labels) : null;
        new FlowGraph(g, flow.Spec).Sample(noise, label, flow.Mean, flow.Deviation);
        void Draw(int sprite, Span<float> latent)
        {
            var draws = new Sampler(Seed, stream: sprite);
            for (int d = 0; d < latent.Length; d++) latent[d] = draws.Normal(d);
        }
        return Of(g, 0, flow.Weights, (noise, Draw), label, labels, engine);
    }

    private static Dictionary<string, double[]> Of(Graph graph, int firstParameter, float[] weights, (Value Value, Entry Fill) entry, Value? label,
        IReadOnlyList<int> labels, IEngine engine)
    {
        Meeting[] meetings = [.. Meetings(graph, firstParameter, entry.Value)];
        Value[] entries = label is null ? [entry.Value] : [entry.Value, label], inputs = [.. meetings.Select(meeting => meeting.Inputs).Distinct()];
        using IInference model = engine.Infer(graph, weights, entries, inputs);
        var sums = new Dictionary<string, double[]>();
        foreach (Meeting meeting in meetings) sums.TryAdd(meeting.Parameter, new double[meeting.Width * meeting.Width]);
        for (int batch = 0; batch < Sprites / Batch; batch++)
        {
            for (int i = 0; i < Batch; i++)
            {
                // Evenly over the set; a small one comes several times.
                int sprite = (int)((long)((batch * Batch) + i) * labels.Count / Sprites), z = entry.Value.Shape[1];
                entry.Fill(sprite, model.Input<float>(entry.Value).Slice(i * z, z));
                if (label is null) continue;
                Span<float> told = model.Input<float>(label).Slice(i * label.Shape[1], label.Shape[1]);
                told.Clear();
                if (labels[sprite] >= 0) told[labels[sprite]] = 1f;
            }
            model.Run();
            foreach (Meeting meeting in meetings) meeting.Add(model.Output<float>(meeting.Inputs), batch, sums[meeting.Parameter]);
        }
        foreach (double[] one in sums.Values) Mirror(one);
        return sums;
    }

    private static void Mirror(double[] lower)
    {
        int width = (int)Math.Sqrt(lower.Length);
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j < i; j++) lower[(j * width) + i] = lower[(i * width) + j];
        }
    }

    // Products of matrices and transposed convolutions, both of which have their inputs along the first side of their weights. What meets the latent
    // itself, or a constant, is left out: a latent's numbers hardly move together.
    private static IEnumerable<Meeting> Meetings(Graph graph, int firstParameter, Value entry)
    {
        HashSet<Value> shipped = [.. graph.Parameters.Skip(firstParameter).Select(parameter => parameter.Value)];
        foreach (Node node in graph.Nodes.Where(node => node.OpType is "Gemm" or "ConvTranspose" && shipped.Contains(node.Inputs[1])))
        {
            // In training only visible pixels meet the colours.
            Value weights = node.Inputs[1], inputs = node.Inputs[0].Producer is { OpType: "Gather" } picked ? picked.Inputs[0] : node.Inputs[0];
            if (CompactWeights.Apply(weights.Shape) && inputs != entry && inputs.Producer is not null) yield return new Meeting(weights.Name, inputs, weights.Shape[0]);
        }
    }

    /// <summary>Weights over <paramref name="Width"/> inputs, each row (R, Width) or place of a map (B, Width, H, W) of <paramref name="Inputs"/> a sample.</summary>
    private sealed record Meeting(string Parameter, Value Inputs, int Width)
    {
        /// <summary>Adds a part of a batch's samples, other ones in each batch, to the lower triangle of the sums of products.</summary>
        public void Add(ReadOnlySpan<float> values, int batch, double[] sums)
        {
            bool map = Inputs.Shape.Length == 4;
            int places = map ? Inputs.Shape[2] * Inputs.Shape[3] : 1, samples = values.Length / Width;
            int step = Math.Max(1, samples / (Batch * RowsPerSprite));
            var sample = new float[Width];
            for (int at = batch % step; at < samples; at += step)
            {
                for (int i = 0; i < Width; i++)
                    sample[i] = values[map ? (((at / places * Width) + i) * places) + (at % places) : (at * Width) + i];
                for (int i = 0; i < Width; i++)
                {
                    double x = sample[i];
                    if (x == 0) continue;
                    for (int j = 0; j <= i; j++) sums[(i * Width) + j] += x * sample[j];
                }
            }
        }
    }
}
