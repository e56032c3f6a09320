namespace VaeContent.Trainer.Reports;

/// <summary>What a model is asked.</summary>
internal enum VerdictSubject
{
    /// <summary>Whether sprites it never saw come back right from encoder and decoder.</summary>
    Fidelity,

    /// <summary>Whether samples lie as near to the training sprites as held-out ones do.</summary>
    Likeness,

    /// <summary>Whether samples are as clean, pixel by pixel, as real sprites: no more specks, no more colours.</summary>
    Cleanliness,

    /// <summary>Whether samples differ from each other as training sprites do.</summary>
    Variety,

    /// <summary>Whether samples are training sprites handed back.</summary>
    Novelty,

    /// <summary>Whether held-out sprites fare as well as those of training.</summary>
    Generality,

    /// <summary>Whether samples use the colours of the set.</summary>
    Colours,
}
