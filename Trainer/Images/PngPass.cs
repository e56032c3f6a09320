namespace VaeContent.Trainer.Images;

/// <summary>
/// One reduced picture inside a PNG: columns X, X + StepX, ... of rows Y, Y + StepY, ... A plain PNG is one pass over all
/// pixels; an interlaced one is seven (Adam7, PNG specification 8.2).
/// </summary>
internal readonly record struct PngPass(int X, int Y, int StepX, int StepY)
{
    /// <summary>The one pass of a PNG without interlacing.</summary>
    public static readonly PngPass[] Plain = [new(0, 0, 1, 1)];

    /// <summary>The seven passes of an interlaced PNG, in file order.</summary>
    public static readonly PngPass[] Adam7 =
    [
        new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4),
        new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2),
    ];

    /// <summary>How many columns this pass has in a picture of <paramref name="width"/>; 0 means that it is absent.</summary>
    public int Columns(int width) => (width - X + StepX - 1) / StepX;

    /// <summary>How many rows this pass has in a picture of <paramref name="height"/>; 0 means that it is absent.</summary>
    public int Rows(int height) => (height - Y + StepY - 1) / StepY;
}
