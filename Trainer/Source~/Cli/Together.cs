using System;
using System.IO;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary>A verb that <c>mpirun</c> may have started in several processes at once.</summary>
internal static class Together
{
    /// <summary>
    /// Runs the verb in the group this process belongs to, or alone. Only the first process talks. One that fails says why and
    /// ends all of them, since the others would wait for it for ever.
    /// </summary>
    public static void Run(Action<IProcessGroup?> verb)
    {
        using MpiGroup? group = MpiGroup.Join();
        if (group is null)
        {
            verb(null);
            return;
        }
        if (group.Rank > 0) Console.SetOut(TextWriter.Null);
        try
        {
            verb(group);
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"vaecontent: process {group.Rank} of {group.Size}: {(e is UserError ? e.Message : e)}");
            group.Abort();
            throw;
        }
    }
}
