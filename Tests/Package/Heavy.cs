using System;
using NUnit.Framework;

namespace VaeContent.Tests.Package;

/// <summary>Tests that build other programs or fetch packages: minutes, so only <c>.ci/run</c> asks for them.</summary>
internal static class Heavy
{
    private const string Switch = "VAECONTENT_HEAVY";

    /// <summary>Skips the test unless the switch is set.</summary>
    public static void Require()
    {
        if (Environment.GetEnvironmentVariable(Switch) != "1") Assert.Ignore($"builds other programs; runs with {Switch}=1, as .ci/run sets it");
    }
}
