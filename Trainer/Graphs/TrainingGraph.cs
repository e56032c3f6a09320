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
    {
        Graph g = Graph = graph;
        Loss = loss;
        Terms = terms;
        GradientClip = gradientClip;
        Batch = batch;
        Data = [.. g.Inputs];
        Weights = g.Input("w", ElementType.Float, g.ParameterCount);
        Value[] gradients = Gradients.Of(g, loss, g.Parameters);
        Gradient = g.Concat(0, [.. gradients.Select(gradient => g.Reshape(gradient, gradient.Count))]);
    }

    /// <summary>A model's loss, with its two terms to report: reconstruction and KL, nats a sprite.</summary>
    public TrainingGraph(VaeGraph vae, float gradientClip)
        : this(vae.Graph, vae.Loss, vae.Sprites.Shape[0], gradientClip, vae.Reconstruction, vae.Kl)
    {
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

    /// <summary>(P): gradient of <see cref="Loss"/>, summed over the batch as that is.</summary>
    public Value Gradient { get; }
}
