namespace VaeContent.Trainer.Data;

/// <summary>How many pictures have a size.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Count">Pictures of that size.</param>
public readonly record struct SizeCount(int Width, int Height, int Count)
{
    /// <summary>For a message: <c>32x48 (4000)</c>.</summary>
    public override string ToString() => $"{Width}x{Height} ({Count})";
}
