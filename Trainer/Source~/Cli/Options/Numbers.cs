using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// Options that take a number in a range, written as in code whatever the host's language: <c>0.7</c>, not <c>0,7</c>.
/// </summary>
internal static class Numbers
{
    /// <summary>An option with a value if it is not given.</summary>
    public static Option<T> Create<T>(string name, string description, T otherwise, T least, T most)
        where T : struct, INumber<T>, IMinMaxValue<T> => new(name)
        {
            Description = description,
            DefaultValueFactory = _ => otherwise,
            CustomParser = given => Parse(given, name, least, most) ?? otherwise,
        };

    /// <summary>An option that is null if it is not given.</summary>
    public static Option<T?> Optional<T>(string name, string description, T least, T most)
        where T : struct, INumber<T>, IMinMaxValue<T> => new(name)
        {
            Description = description,
            CustomParser = given => Parse(given, name, least, most),
        };

    /// <summary>The number in a text; null where it is none, or out of range.</summary>
    public static T? Read<T>(string text, T least, T most) where T : struct, INumber<T>, IMinMaxValue<T>
    {
        NumberStyles style = IsWhole<T>() ? NumberStyles.AllowLeadingSign
            : NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return T.TryParse(text, style, CultureInfo.InvariantCulture, out T value) && T.IsFinite(value)
            && value >= least && value <= most ? value : null;
    }

    /// <summary>In words: <c>a whole number from 1 to 100</c>, <c>a number above 0, up to 10, such as 0.7</c>.</summary>
    public static string Range<T>(T least, T most) where T : struct, INumber<T>, IMinMaxValue<T>
    {
        string Text(T value) => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture);
        string kind = IsWhole<T>() ? "a whole number" : "a number with a point, as in 0.7,";
        if (least == T.MinValue && most == T.MaxValue) return kind.TrimEnd(',');
        if (!IsWhole<T>() && least > T.Zero && least <= T.CreateChecked(1e-6)) return $"{kind} above 0, up to {Text(most)}";
        return most == T.MaxValue ? $"{kind} of {Text(least)} or more" : $"{kind} from {Text(least)} to {Text(most)}";
    }

    private static T? Parse<T>(ArgumentResult given, string name, T least, T most)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        string text = given.Tokens.Count > 0 ? given.Tokens[0].Value : "";
        if (Read(text, least, most) is { } value) return value;
        given.AddError($"{name} {text}: expected {Range(least, most)}.");
        return null;
    }

    private static bool IsWhole<T>() where T : INumber<T> => T.CreateTruncating(0.5) == T.Zero;
}
