namespace VaeContent.Trainer.Engines;

/// <summary>An engine and a device by name.</summary>
/// <param name="Kind">The engine.</param>
/// <param name="Device">One of its devices, or <c>auto</c>.</param>
public sealed record EngineChoice(IEngineKind Kind, string Device)
{
    /// <summary>This program's own, on the device it takes by itself.</summary>
    public static EngineChoice Default => new(EngineRegistry.Find(null), "auto");

    /// <summary>Makes the engine; 0 threads means all cores.</summary>
    /// <exception cref="UserError">The device cannot be had; the message says why and what can.</exception>
    public IEngine Open(int threads) => Kind.Open(Device, threads);
}
