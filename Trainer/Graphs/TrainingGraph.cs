using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// One step of training as one graph: forward, gradients, Adam (Kingma &amp; Ba 2015) and the moving average of the weights. All weights
/// are one flat vector of P numbers, and so are their moments; each comes in and goes out anew.
/// </summary>
public sealed class TrainingGraph
{
    /// <summary>Exponential decay rates of Adam's two moments, and what keeps its division finite.</summary>
    public const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    private const int RowLength = 1024;

    /// <summary>Appends gradients and optimiser to a graph.</summary>
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
        int p = g.ParameterCount;
        Value w = Weights = g.Input("w", ElementType.Float, p);
        Value m = FirstMoment = g.Input("m", ElementType.Float, p);
        Value v = SecondMoment = g.Input("v", ElementType.Float, p);
        Value ema = Average = g.Input("ema", ElementType.Float, p);
        StepSize = g.Input("step_size", ElementType.Float);
        MomentCorrection = g.Input("moment_correction", ElementType.Float);
        AverageRate = g.Input("average_rate", ElementType.Float);

        Value[] gradients = Gradients.Of(g, loss, g.Parameters);
        Value sum = g.Concat(0, [.. gradients.Select(gradient => g.Reshape(gradient, gradient.Count))]);
        Gradient = g.Scale(sum, 1f / batch);
        Value norm = g.Sqrt(SumOfSquares(Gradient));
        Value clipped = g.Mul(Gradient, g.Div(g.Constant(gradientClip), g.Max(norm, g.Constant(gradientClip))));

        // m' = b1 m + (1 - b1) g; v' = b2 v + (1 - b2) g^2; w' = w - step m' / (sqrt(v' correction) + eps)
        NextFirstMoment = g.Add(m, g.Scale(g.Sub(clipped, m), 1f - Beta1));
        NextSecondMoment = g.Add(v, g.Scale(g.Sub(g.Square(clipped), v), 1f - Beta2));
        Value scale = g.Add(g.Sqrt(g.Mul(NextSecondMoment, MomentCorrection)), g.Constant(Epsilon));
        NextWeights = g.Sub(w, g.Mul(g.Div(NextFirstMoment, scale), StepSize));
        NextAverage = g.Add(ema, g.Mul(g.Sub(NextWeights, ema), AverageRate));

        // By rows: a float that adds up a million squares one after the other is wrong in its fourth digit.
        Value SumOfSquares(Value flat)
        {
            int rows = (flat.Count + RowLength - 1) / RowLength;
            Value squares = g.Pad(g.Square(flat), 0, 0, (rows * RowLength) - flat.Count);
            return g.Sum(g.ReduceSum(g.Reshape(squares, rows, RowLength), [1]));
        }

        Value One(Value scalar, float factor) => g.Reshape(g.Scale(scalar, factor), 1);
        Report = g.Concat(0, [.. terms.Select(term => One(term, 1f / batch)), One(norm, 1f)]);
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

    /// <summary>What is fed at every step, the optimiser's own inputs apart.</summary>
    public IReadOnlyList<Value> Data { get; }

    /// <summary>Scalar: what is minimised, summed over the batch.</summary>
    public Value Loss { get; }

    /// <summary>Largest Euclidean norm of the gradient per example; a longer one is shortened to it.</summary>
    public float GradientClip { get; }

    /// <summary>Scalars that are reported, summed over the batch.</summary>
    public IReadOnlyList<Value> Terms { get; }

    /// <summary>Input (P): the weights, in the order of <see cref="Graph.Parameters"/>.</summary>
    public Value Weights { get; }

    /// <summary>Input (P): Adam's mean of gradients.</summary>
    public Value FirstMoment { get; }

    /// <summary>Input (P): Adam's mean of squared gradients.</summary>
    public Value SecondMoment { get; }

    /// <summary>Input (P): the moving average of the weights, which is what ships.</summary>
    public Value Average { get; }

    /// <summary>Input, scalar: learning rate / (1 - Beta1^t).</summary>
    public Value StepSize { get; }

    /// <summary>Input, scalar: 1 / (1 - Beta2^t).</summary>
    public Value MomentCorrection { get; }

    /// <summary>Input, scalar: 1 - decay of the moving average.</summary>
    public Value AverageRate { get; }

    /// <summary>Inputs that a schedule decides, scalars.</summary>
    internal Value[] Settings => [StepSize, MomentCorrection, AverageRate];

    /// <summary>Inputs that hold what training changes, (P) each.</summary>
    internal Value[] State => [Weights, FirstMoment, SecondMoment, Average];

    /// <summary>(P) each: what <see cref="State"/> is after the step, in its order.</summary>
    internal Value[] NextState => [NextWeights, NextFirstMoment, NextSecondMoment, NextAverage];

    /// <summary>(P): gradient of the mean loss per example, before clipping.</summary>
    public Value Gradient { get; }

    /// <summary>(P): the weights after the step.</summary>
    public Value NextWeights { get; }

    /// <summary>(P): the first moment after the step.</summary>
    public Value NextFirstMoment { get; }

    /// <summary>(P): the second moment after the step.</summary>
    public Value NextSecondMoment { get; }

    /// <summary>(P): the moving average after the step.</summary>
    public Value NextAverage { get; }

    /// <summary>(T + 1): the means of <see cref="Terms"/> before the step, then the norm of the gradient.</summary>
    public Value Report { get; }
}
