namespace VaeContent.Trainer.Images;

/// <summary>What the samples of a PNG pixel mean; the values are those of the file.</summary>
internal enum PngColorType : byte
{
    /// <summary>One sample: grey.</summary>
    Gray = 0,

    /// <summary>Three samples: red, green, blue.</summary>
    Rgb = 2,

    /// <summary>One sample: an index into the PLTE chunk.</summary>
    Indexed = 3,

    /// <summary>Two samples: grey, alpha.</summary>
    GrayAlpha = 4,

    /// <summary>Four samples: red, green, blue, alpha.</summary>
    Rgba = 6,
}
