using System;
using System.Threading.Tasks;

namespace VaeContent.Trainer;

/// <summary>How loops are spread over the machine.</summary>
internal static class Cores
{
    /// <summary>
    /// A thread a core. Without a limit the pool adds one every half second to loops whose rounds take long, without end.
    /// </summary>
    public static ParallelOptions All { get; } = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
}
