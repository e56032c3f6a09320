using System;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Trainer.Graphs;

/// <summary>One use of an operator or of a formula with a gradient of its own.</summary>
/// <param name="Subject">The operator's ONNX name, or the formula's.</param>
/// <param name="Shapes">What sets this case apart.</param>
/// <param name="Build">Emits it.</param>
/// <param name="Products">For convolutions: how many matrix products the weights' gradient is made of, which tells its formulation.</param>
internal sealed record OperatorCase(string Subject, string Shapes, Func<Trial, Value> Build, int? Products = null)
{
    public override string ToString() => $"{Subject} {Shapes}";
}
