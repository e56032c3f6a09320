using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// What a step of training computes, as one graph: forward, the terms of the loss, and its gradient. All weights are one flat vector of P
/// numbers, and so is the gradient; engines follow it by Adam.
/// </summary>
public sealed class TrainingGraph
{
    /// <summary>Exponential decay rates of Adam's two moments, and what keeps its division finite: the same for every engine.</summary>
    public const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    /// <summary>Appends gradients to a graph.</summary>
    /// <param name="graph">Forward nodes and loss; it is extended.</param>
    /// <param name="loss">Scalar: what is minimised, summed over the batch.</param>
    /// <param name="batch">B, by which sums become means.</param>
    /// <param name="gradientClip">Largest Euclidean norm of the gradient per example; a longer one is shortened to it.</param>
    /// <param name="terms">Scalars to report, summed over the batch.</param>
    public TrainingGraph(Graph graph, Value loss, int batch, float gradientClip, params Value[] terms)
        : this(graph, loss, batch, gradientClip, null, terms)
    {
    }

    /// <summary>
    /// A model's loss, with its two terms to report: reconstruction and KL, nats a sprite. With an adversary also that one's two losses, and
    /// <see cref="Gradient"/> goes on with the discriminator's.
    /// </summary>
    public TrainingGraph(VaeGraph vae, float gradientClip, AdversaryGraph? adversary = null)
        : this(vae.Graph, vae.Loss, vae.Sprites.Shape[0], gradientClip, adversary,
            adversary is null ? [vae.Reconstruction, vae.Kl] : [vae.Reconstruction, vae.Kl, adversary.Discriminator, adversary.Generator])
    {
    }

    private TrainingGraph(Graph graph, Value loss, int batch, float gradientClip, AdversaryGraph? adversary, Value[] terms)
    {
        Graph g = Graph = graph;
        Loss = loss;
        Terms = terms;
        GradientClip = gradientClip;
        Batch = batch;
        Data = [.. g.Inputs];
        Weights = g.Input("w", ElementType.Float, g.ParameterCount);
        Adversary = adversary;
        if (adversary is null)
        {
            Gradient = Flat(g, Gradients.Of(g, loss, g.Parameters));
            return;
        }
        Parameter[] model = [.. g.Parameters.Take(adversary.FirstParameter)], discriminator = [.. g.Parameters.Skip(adversary.FirstParameter)];
        Gradient = Flat(g, [.. Gradients.Of(g, loss, model), .. Gradients.Of(g, adversary.Discriminator, discriminator)]);
        AdversarialGradient = Flat(g, Gradients.Of(g, adversary.Generator, model[adversary.FirstDecoderParameter..]));
    }

    /// <summary>All of it.</summary>
    public Graph Graph { get; }

    /// <summary>B.</summary>
    public int Batch { get; }

    /// <summary>What is fed at every step, the weights apart.</summary>
    public IReadOnlyList<Value> Data { get; }

    /// <summary>Scalar: what is minimised, summed over the batch.</summary>
    public Value Loss { get; }

    /// <summary>Largest Euclidean norm of the gradient per example; a longer one is shortened to it.</summary>
    public float GradientClip { get; }

    /// <summary>Scalars that are reported, summed over the batch.</summary>
    public IReadOnlyList<Value> Terms { get; }

    /// <summary>Input (P): the weights, in the order of <see cref="Graph.Parameters"/>.</summary>
    public Value Weights { get; }

    /// <summary>(P): gradient of <see cref="Loss"/>, summed over the batch as that is; the discriminator's part is of its own loss.</summary>
    public Value Gradient { get; }

    /// <summary>The discriminator that the model is trained against; null without one.</summary>
    public AdversaryGraph? Adversary { get; }

    /// <summary>Gradient of <see cref="AdversaryGraph.Generator"/> over the decoder's weights, the last ones of the model; null without an adversary.</summary>
    public Value? AdversarialGradient { get; }

    private static Value Flat(Graph g, Value[] gradients) => g.Concat(0, [.. gradients.Select(gradient => g.Reshape(gradient, gradient.Count))]);
}
