namespace VaeContent.Trainer.Painting;

/// <summary>One material as four palette indices, dark to light: the line drawn inside the figure, shade, base, light.</summary>
internal readonly record struct Ramp(byte Line, byte Shade, byte Base, byte Light);
