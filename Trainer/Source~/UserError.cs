using System;

namespace VaeContent.Trainer;

/// <summary>
/// A mistake the person at the keyboard can correct: wrong path, damaged file, impossible setting. The message is one line that
/// says what, where, found, expected and what to do next. The program prints it alone and exits with code 1.
/// </summary>
public sealed class UserError : Exception
{
    /// <summary>An error with its one-line message.</summary>
    public UserError(string message) : base(message)
    {
    }

    /// <summary>An error that another exception caused.</summary>
    public UserError(string message, Exception cause) : base(message, cause)
    {
    }

    /// <summary>What is wrong, in a few words, where the message says more; otherwise null.</summary>
    internal string? Brief { get; init; }

    /// <summary>The first line of what an exception says, which may quote a file, to be part of a sentence.</summary>
    internal static string Reason(Exception cause) => PlainText.Clean(cause.Message.Split('\n')[0].TrimEnd('\r', '.'));
}
