namespace VaeContent.Trainer.Model;

/// <summary>How an exported decoder finishes the choice of palette colours; what suits a model is fitted at export.</summary>
/// <param name="Smoothing">
/// Nats that a pixel's colour gains by each neighbour that has it: see <see cref="PottsSmoothing"/>. 0 for none.
/// </param>
/// <param name="Grain">The strength of a fixed pattern of noise: see <see cref="Model.Grain"/>. 0 for none.</param>
/// <param name="Agreement">
/// How much it counts which colours occur together in parts of the set's sprites: see <see cref="ColourAgreement"/>. 0 for none.
/// </param>
/// <param name="Shades">Whether pixels differ from their palette colours, as the artist's do: see <see cref="Model.Shades"/>.
/// Sprites are then RGBA, not indices.</param>
/// <param name="Strays">Nats that stray pixels lose in being visible: see <see cref="OutlineSmoothing"/>. 0 for none.</param>
/// <param name="Islands">Nats that pixels apart from the body lose in being visible: see <see cref="Model.Islands"/>. 0 for none.
/// </param>
/// <param name="Gaps">Nats that gaps gain in being visible: see <see cref="OutlineSmoothing"/>. 0 for none.</param>
public readonly record struct Texture(float Smoothing = 0f, float Grain = 0f, float Agreement = 0f, bool Shades = false,
    float Strays = 0f, float Islands = 0f, float Gaps = 0f);
