using System;
using System.IO;
using System.Text;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// A console that shows what it is given and does nothing else: see <see cref="PlainText"/>. A line is one line, whatever a name
/// in it holds; what is written without being a line keeps its line breaks.
/// </summary>
internal sealed class PlainConsole(TextWriter console) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => console.Encoding;

    /// <summary>The console itself, for what moves the cursor on purpose.</summary>
    public static TextWriter Raw { get; private set; } = Console.Out;

    /// <summary>Puts one before the process's output and errors.</summary>
    public static void Install()
    {
        Raw = Console.Out;
        Console.SetOut(Synchronized(new PlainConsole(Console.Out)));
        Console.SetError(Synchronized(new PlainConsole(Console.Error)));
    }

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        string[] lines = (value ?? "").ReplaceLineEndings("\n").Split('\n');
        console.Write(string.Join(Environment.NewLine, Array.ConvertAll(lines, PlainText.Clean)));
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value) => console.WriteLine(PlainText.Clean(value ?? ""));

    /// <inheritdoc/>
    public override void WriteLine() => console.WriteLine();

    /// <inheritdoc/>
    public override void Flush() => console.Flush();
}
