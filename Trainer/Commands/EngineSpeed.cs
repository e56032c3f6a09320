using System;

namespace VaeContent.Trainer.Commands;

/// <summary>How fast an engine trains on a set.</summary>
/// <param name="Engine">What <c>--engine</c> calls it.</param>
/// <param name="Device">What <c>--device</c> calls what it ran on.</param>
/// <param name="Description">Library, version, device, threads.</param>
/// <param name="Batch">Sprites a step.</param>
/// <param name="Steps">Steps measured.</param>
/// <param name="StepMs">Median time of a whole step, ms.</param>
/// <param name="StepMinMs">The fastest step, ms: what a busy machine would do if it were idle.</param>
/// <param name="SpritesPerSecond">Sprites a second at the median.</param>
/// <param name="Loss">Reconstruction + KL of the last step, nats a sprite: after as many steps about the same for all, or one of them is wrong.</param>
internal sealed record EngineSpeed(
    string Engine, string Device, string Description, int Batch, int Steps, double StepMs, double StepMinMs, double SpritesPerSecond, double Loss)
{
    /// <summary>Prints the figures.</summary>
    public void Print() => Console.WriteLine(FormattableString.Invariant(
        $"speed      --engine {Engine} --device {Device}: {SpritesPerSecond:F0} sprites/s, {StepMs:F1} ms a step of {Batch}, median of {Steps} (fastest {StepMinMs:F1} ms; {Description})"));
}
