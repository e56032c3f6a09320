using System;
using System.IO;
using System.Text;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// Standard output that outlives its reader: once <c>head</c> has what it wants, or nobody listens, the work continues without a
/// word. A full disk is an error.
/// </summary>
internal sealed class SturdyWriter(TextWriter inner) : TextWriter
{
    private const int DiskFull = 28, DiskFullOnWindows = unchecked((int)0x80070070);

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write([value], 0, 1);

    /// <inheritdoc/>
    public override void Write(string? value) => Write((value ?? "").ToCharArray(), 0, value?.Length ?? 0);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count)
    {
        try
        {
            inner.Write(buffer, index, count);
            inner.Flush();
        }
        catch (IOException e) when (e.HResult is DiskFull or DiskFullOnWindows)
        {
            throw new UserError(
                $"cannot write to the standard output: {UserError.Reason(e)}. Make room, or send it elsewhere.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody reads any more, or nobody ever did.
        }
    }
}
