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
        if (Environment.GetEnvironmentVariable(Switch) != "1")
            Assert.Ignore($"builds other programs; runs with {Switch}=1, as .ci/run sets it");
    }

    /// <summary>Skips the test without npm; otherwise fetches the pinned packages once and returns their folder.</summary>
    public static string RequireNpm()
    {
        Require();
        if (!Repository.Exists("npm") || !Repository.Exists("node"))
            Assert.Ignore("needs npm and Node.js, which are not installed; .ci/run installs them on Debian");
        Assert.That(Repository.Run("bash", ".ci/npm/fetch"), Is.Not.Null, "npm does not fetch what .ci/npm pins");
        return Repository.At(".ci/npm/node_modules");
    }
}
