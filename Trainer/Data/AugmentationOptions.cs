namespace VaeContent.Trainer.Data;

/// <summary>How training sprites may be varied.</summary>
/// <param name="Flip">Whether a sprite may be mirrored left to right.</param>
/// <param name="MaxShift">How many pixels a sprite may move in each direction; never so far that a visible pixel is cut
/// off.</param>
public readonly record struct AugmentationOptions(bool Flip = false, int MaxShift = 0);
