using System;
using System.IO;
using NUnit.Framework;

namespace VaeContent.Tests.Trainer.Images;

/// <summary>An empty folder for one test, gone when disposed.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("vaecontent-images-").FullName;

    public string At(string name) => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);

    /// <summary>The folder of real sprites beside the repository, or null where there is none.</summary>
    public static string? SharedData()
    {
        for (string? folder = TestContext.CurrentContext.TestDirectory; folder != null; folder = Path.GetDirectoryName(folder))
        {
            if (!File.Exists(Path.Combine(folder, "VaeContent.sln"))) continue;
            string data = Path.GetFullPath(Path.Combine(folder, "..", "shared", "data"));
            return Directory.Exists(data) ? data : null;
        }
        return null;
    }
}
