using System.Collections.Generic;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Painting;

/// <summary>
/// A painted hero: its class, the factors it was made from (name and value, in the order of
/// <see cref="HeroPainter.FactorNames"/>) and its 32x32 picture.
/// </summary>
public sealed record PaintedSprite(string Label, IReadOnlyList<KeyValuePair<string, string>> Factors, Bitmap Picture);
