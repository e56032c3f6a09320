using VaeContent.Trainer.Metrics;

namespace VaeContent.Trainer.Reports;

/// <summary>One question a model was asked, and how it did.</summary>
/// <param name="Subject">Which question.</param>
/// <param name="Level">How it did.</param>
/// <param name="Figure">The figure that says so, short.</param>
/// <param name="Text">The figure in a sentence for people who do not know the field.</param>
internal sealed record VerdictCheck(VerdictSubject Subject, QualityLevel Level, string Figure, string Text)
{
    /// <summary>The question as a heading.</summary>
    public string Title => Subject switch
    {
        VerdictSubject.Fidelity => "Can it draw your sprites?",
        VerdictSubject.Likeness => "Do new ones look like your set?",
        VerdictSubject.Cleanliness => "Are their pixels clean?",
        VerdictSubject.Variety => "Do they differ from each other?",
        VerdictSubject.Novelty => "Are they new, or copied?",
        VerdictSubject.Generality => "Did it learn rules, not sprites?",
        _ => "Does it keep to your colours?",
    };

    /// <summary>What is wrong where <see cref="Level"/> is not good, as the end of a sentence.</summary>
    public string Fault => Subject switch
    {
        VerdictSubject.Fidelity => "sprites it has not seen have too many wrong pixels when redrawn",
        VerdictSubject.Likeness => "new sprites stray from the look of the set",
        VerdictSubject.Cleanliness => "new sprites are speckled where yours are clean, or smooth where yours have detail",
        VerdictSubject.Variety => "new sprites are too similar",
        VerdictSubject.Novelty => "it copies sprites of the training",
        VerdictSubject.Generality => "it knows its own sprites much better than others of the set",
        _ => "it uses colours that are not in the set",
    };
}

/// <summary>What a model is asked.</summary>
internal enum VerdictSubject
{
    /// <summary>Whether encoder and decoder redraw held-out sprites right.</summary>
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
