namespace VaeContent.Trainer.Engines;

/// <summary>An engine and a device by name.</summary>
/// <param name="Kind">The engine.</param>
/// <param name="Device">One of its devices, or <c>auto</c>.</param>
public sealed record EngineChoice(IEngineKind Kind, string Device)
{
    /// <summary>This program's own, on the device it takes by itself.</summary>
    public static EngineChoice Default => new(EngineRegistry.Find(null), "auto");

    /// <summary>Makes the engine; 0 threads means all cores. In a group, it takes every step together with the other processes.</summary>
    /// <exception cref="UserError">The device cannot be had, or the engine cannot share its work; the message says why and what can.</exception>
    public IEngine Open(int threads, IProcessGroup? group = null) => group is null ? Kind.Open(Device, threads)
        : Kind is OrtEngineKind ? new OrtEngine(threads, group)
        : throw new UserError($"--engine {Kind.Name} trains in one process; mpirun needs --engine ort.");
}
