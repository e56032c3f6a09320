using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer;

namespace VaeContent.Tests.Trainer;

/// <summary>Whatever step of a write fails, files are as they were before, or all as they shall be.</summary>
public sealed class AtomicFileTests
{
    private static readonly byte[] Old = [1, 2, 3], New = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];

    private SpriteBox _box = null!;

    [SetUp]
    public void Make() => _box = new SpriteBox();

    [TearDown]
    public void Remove() => _box.Dispose();

    [Test]
    public void AFaultAtAnyStepLeavesAllFilesAsTheyWere([Values(1, 2, 3)] int count, [Values] bool isThere)
    {
        string[] paths = [.. Enumerable.Range(0, count).Select(i => Path.Combine(_box.Root, $"file{i}"))];
        var faults = new FaultyDisk(int.MaxValue);
        AtomicFile.Write(faults, [.. paths.Select(path => (path, New))]);
        int steps = faults.Steps;
        Assert.That(steps, Is.GreaterThanOrEqualTo(5 * count)); // delete, create, write, flush, rename
        for (int failing = 1; failing <= steps; failing++)
        {
            foreach (string path in paths)
            {
                File.Delete(path);
                if (isThere) File.WriteAllBytes(path, Old);
            }

            var disk = new FaultyDisk(failing);
            try
            {
                AtomicFile.Write(disk, [.. paths.Select(path => (path, New))]);
                Assert.That(paths.All(path => File.ReadAllBytes(path).SequenceEqual(New)), $"unreported fault at step {failing}");
            }
            catch (UserError e)
            {
                Assert.That(e.Message, Does.StartWith("cannot write '").And.Contain("no space").And.Not.Contain("\n"));
                foreach (string path in paths)
                    Assert.That(File.Exists(path) ? File.ReadAllBytes(path) : null, Is.EqualTo(isThere ? Old : null),
                        $"fault at step {failing}, {disk.Failed}");
            }

            if (disk.Failed.StartsWith("delete", StringComparison.Ordinal)) continue; // of what is in nobody's way
            string[] left = [.. Directory.GetFiles(_box.Root).Except(paths)];
            Assert.That(left, Is.Empty, $"fault at step {failing}, {disk.Failed}");
        }
    }

    [Test]
    public void LinksAreReplacedAndNotFollowed()
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("making links needs rights there");
        string path = Path.Combine(_box.Root, "file"), victim = Path.Combine(_box.Root, "victim");
        foreach (string planted in new[] { path, path + ".partial", path + ".earlier.partial" })
        {
            File.WriteAllBytes(victim, Old);
            File.Delete(path);
            File.CreateSymbolicLink(planted, victim);
            AtomicFile.WriteTogether((path, New), (path + "2", New));
            Assert.That(File.ReadAllBytes(victim), Is.EqualTo(Old), planted);
            Assert.That(File.ReadAllBytes(path), Is.EqualTo(New));
            Assert.That(new FileInfo(path).LinkTarget, Is.Null);
        }
    }

    [Test]
    public void WhatAKilledProcessLeftIsNoObstacle()
    {
        string path = Path.Combine(_box.Root, "file");
        File.WriteAllBytes(path + ".partial", Old);
        AtomicFile.Write(path, New);
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(New));
        Assert.That(Directory.GetFiles(_box.Root), Has.Length.EqualTo(1));
    }

    // A disk whose n-th step fails, and every later one of the same kind except for what clears up.
    private sealed class FaultyDisk(int failing) : AtomicFile.IFiles
    {
        public int Steps { get; private set; }

        public string Failed { get; private set; } = "nothing";

        public Stream Create(string path)
        {
            Step("create " + path);
            return new FaultyStream(new FileStream(path, FileMode.CreateNew), Step);
        }

        public void Flush(Stream file)
        {
            Step("flush");
            file.Flush();
        }

        public void Move(string from, string to)
        {
            Step("rename " + from);
            File.Move(from, to, overwrite: true);
        }

        public void Copy(string from, string to)
        {
            Step("copy " + from);
            File.Copy(from, to, overwrite: false);
        }

        public void Delete(string path)
        {
            Step("delete " + path);
            File.Delete(path);
        }

        private void Step(string what)
        {
            if (++Steps != failing) return;
            Failed = what;
            throw new IOException("no space left on device");
        }
    }

    // Half of what is written arrives before the fault.
    private sealed class FaultyStream(FileStream file, Action<string> step) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            file.Write(buffer[..(buffer.Length / 2)]);
            step("write");
            file.Write(buffer[(buffer.Length / 2)..]);
        }

        public override void Flush() => file.Flush();

        protected override void Dispose(bool disposing)
        {
            file.Dispose();
            base.Dispose(disposing);
        }
    }
}
