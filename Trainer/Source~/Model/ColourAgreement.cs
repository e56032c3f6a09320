using System.Linq;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Trainer.Model;

/// <summary>
/// Colours of one part of a sprite that belong together. Between two kinds of sprites a decoder is undecided in every pixel of a
/// part, and hair comes out green here and white there, which no artist drew. The colours that pixels of a part chose are
/// evidence for and against others there, in the manner of naive Bayes, from how often they occur together in the set; then each
/// pixel chooses again, three times: what a round leaves of a colour is weaker evidence in the next. The upper two pixels of each
/// block speak for all four. Pixels that are sure stay.
/// </summary>
internal static class ColourAgreement
{
    // Measured on LPC (Documentation~/recipes.md). Nats: of a part of one colour, of a colour that is missing, and what no
    // evidence outweighs. Pixels: from which a colour is not missing at all.
    private const float OfShares = 10f, OfMissing = 1.5f, Most = 12f, Full = 6f;
    private const int Rounds = 3, Pixels = 4, Speakers = 2;

    /// <summary>The logits, (N, 4, K, R C), after the step.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="pairs">Which colours occur together in the set.</param>
    /// <param name="regions">The parts of a sprite, P.</param>
    /// <param name="logits">(N, 4, K, R C): of the four pixels of each block, times <see cref="OnnxGraph.FarApart"/>.</param>
    /// <param name="visibility">(N, 4, R, C): 0 and more where pixels are visible; only those are evidence.</param>
    /// <param name="strength">How much the evidence weighs.</param>
    public static OnnxValue Step(OnnxGraph g, ColourPairs pairs, SpriteRegions regions, OnnxValue logits, OnnxValue visibility,
        float strength)
    {
        int k = pairs.Colours, blocks = regions.Blocks, parts = regions.Count;
        OnnxValue weights = g.Constant(regions.Weights, 1, 1, blocks, parts);
        OnnxValue toParts = g.Scale(weights, (float)Pixels / Speakers);
        OnnxValue toBlocks = g.Transpose(g.Scale(weights, OnnxGraph.FarApart), 0, 1, 3, 2);
        OnnxValue never = g.Constant(1e6f * OnnxGraph.FarApart);

        // Row k: what the share of each colour, and its absence, say for k, in nats.
        float[] evidence = [.. Enumerable.Range(0, k).SelectMany(row =>
            Column(pairs.Present, row, strength * OfShares).Concat(Column(pairs.Missing, row, strength * OfMissing)))];
        OnnxValue table = g.Reshape(g.Weight("decoder.agreement", evidence, [k, 2 * k], inputAxis: 1), 1, 1, k, 2 * k);

        OnnxValue speaking = g.Slice(logits, 1, 0, Speakers), agreed = speaking; // (N, 2, K, R C)
        OnnxValue visible = g.GreaterOrEqual(g.Slice(visibility, 1, 0, Speakers), g.Constant(0f));
        for (int round = 1; ; round++)
        {
            OnnxValue largest = g.Where(visible, g.Reshape(g.ReduceMax(agreed, axis: 2), visible.Shape), never);
            OnnxValue isChosen = g.GreaterOrEqual(agreed, g.Reshape(largest, 1, Speakers, 1, blocks));
            OnnxValue chosen = g.Reshape(g.Where(isChosen, g.Constant(1f), 0f), 1, 1, Speakers, k * blocks);
            OnnxValue pixels = g.MatMul(g.Reshape(g.MatMul(Ones(g, Speakers), chosen), 1, 1, k, blocks), toParts); // (N, 1, K, P)
            OnnxValue share = g.Div(pixels, g.Max(g.MatMul(Ones(g, k), pixels), g.Constant(1f)));
            OnnxValue missing = g.Relu(g.Add(g.Scale(pixels, -1f / Full), g.Constant(1f)));
            OnnxValue gain = g.MatMul(table, g.Concat(2, share, missing));
            gain = g.MatMul(g.Max(g.Min(gain, g.Constant(Most)), g.Constant(-Most)), toBlocks); // (N, 1, K, R C)
            if (round == Rounds) return g.Add(logits, gain);
            agreed = g.Add(speaking, gain);
        }

        float[] Column(float[] ratios, int at, float scale) =>
            [.. Enumerable.Range(0, k).Select(j => scale * ratios[(j * k) + at])];
    }

    private static OnnxValue Ones(OnnxGraph g, int count) => g.Constant([.. Enumerable.Repeat(1f, count)], 1, 1, 1, count);
}
