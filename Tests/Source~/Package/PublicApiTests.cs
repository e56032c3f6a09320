using System;
using System.IO;
using NUnit.Framework;

namespace VaeContent.Tests.Package;

public sealed class PublicApiTests
{
    private const string Listing = Repository.TestSources + "/Package/PublicApi.txt", Update = "VAECONTENT_UPDATE_API";

    [Test]
    public void RuntimesPublicSurfaceIsTheListedOne()
    {
        string now = PublicApi.List(typeof(VaeBundle).Assembly);
        if (Environment.GetEnvironmentVariable(Update) == "1") File.WriteAllText(Repository.At(Listing), now);
        Assert.That(now.Split('\n'), Is.EqualTo(Repository.Read(Listing).Split('\n')),
            $"the Runtime's public surface is not what {Listing} says. If that is meant, run the tests once with {Update}=1, "
                + "and read the difference before you commit it.");
    }
}
