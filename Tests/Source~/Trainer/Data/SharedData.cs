using System;
using System.IO;
using NUnit.Framework;

namespace VaeContent.Tests.Trainer.Data;

/// <summary>The real data sets beside the repository, which not every machine has.</summary>
internal static class SharedData
{
    /// <summary>Where they lie, whether they are there or not.</summary>
    public static string Root
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VaeContent.sln"))) folder = folder.Parent;
            return Path.GetFullPath(Path.Combine(folder?.FullName ?? ".", "..", "shared"));
        }
    }

    /// <summary>The folder of a data set; ends the test as ignored where it is absent.</summary>
    public static string Find(string name)
    {
        string path = Path.Combine(Root, "data", name);
        if (!Directory.Exists(path)) Assert.Ignore($"needs the data set '{path}', which this machine does not have");
        return path;
    }
}
