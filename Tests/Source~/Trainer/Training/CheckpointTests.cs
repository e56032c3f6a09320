using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

public sealed class CheckpointTests
{
    private const int Parameters = 37;

    private static readonly byte[] State = [.. Enumerable.Range(0, 16 * Parameters).Select(i => (byte)(i * 7))];

    private SpriteBox _box = null!;

    private string FilePath => Path.Combine(_box.Root, "checkpoint");

    [SetUp]
    public void Save()
    {
        _box = new SpriteBox();
        Checkpoint.FromState(step: 123, seconds: 4.5, Parameters, writer => writer.Write(State)).Save(FilePath);
    }

    [TearDown]
    public void Remove() => _box.Dispose();

    [Test]
    public void WhatIsSavedIsLoaded()
    {
        Checkpoint found = Checkpoint.Load(FilePath, Parameters);
        Assert.That((found.Step, found.Seconds, found.Weights), Is.EqualTo((123L, 4.5, (long)Parameters)));
        Assert.That(found.State, Is.EqualTo(State));
        found.Restore(reader => Assert.That(reader.ReadBytes(State.Length), Is.EqualTo(State)));
        Assert.That((Checkpoint.IsOfStep(FilePath, 123), Checkpoint.IsOfStep(FilePath, 122),
            Checkpoint.IsOfStep(FilePath + "2", 123)), Is.EqualTo((true, false, false)));
    }

    [Test]
    public void ATruncatedFileIsRefused([Range(0, 9)] int tenth)
    {
        byte[] bytes = File.ReadAllBytes(FilePath);
        File.WriteAllBytes(FilePath, bytes[..(bytes.Length * tenth / 10)]);
        Refused("not a VaeContent checkpoint", "damaged");
    }

    [Test]
    public void AFlippedBitIsNoticedWhereverItIs()
    {
        byte[] bytes = File.ReadAllBytes(FilePath);
        for (int i = 0; i < bytes.Length; i += 7)
        {
            byte[] damaged = [.. bytes];
            damaged[i] ^= 0x10;
            File.WriteAllBytes(FilePath, damaged);
            Refused("not a VaeContent checkpoint", "damaged", "checkpoint version");
        }
    }

    [Test]
    public void BytesTooManyAreNoticed()
    {
        File.WriteAllBytes(FilePath, [.. File.ReadAllBytes(FilePath), 0]);
        Refused("damaged");
    }

    [Test]
    public void AnotherVersionIsNamed()
    {
        byte[] bytes = File.ReadAllBytes(FilePath);
        BitConverter.GetBytes(7).CopyTo(bytes, 4);
        File.WriteAllBytes(FilePath, bytes);
        Refused("version 7");
    }

    [TestCase(8, -1L)]
    [TestCase(16, -1L)] // no number
    [TestCase(16, 0x7FF0000000000000)] // infinite
    public void SealedAnewItIsStillCheckedWhenItWasSaved(int at, long value)
    {
        byte[] bytes = File.ReadAllBytes(FilePath);
        BitConverter.GetBytes(value).CopyTo(bytes, at);
        System.Security.Cryptography.SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32), bytes.AsSpan(bytes.Length - 32));
        File.WriteAllBytes(FilePath, bytes);
        Refused("no training");
    }

    [Test]
    public void AStateOfAnotherLayoutIsRefused()
    {
        Checkpoint found = Checkpoint.Load(FilePath, Parameters);
        Assert.That(() => found.Restore(reader => reader.BaseStream.ReadExactly(new byte[State.Length + 1])),
            Throws.TypeOf<UserError>().With.Message.Contains(FilePath).And.Message.Contains("Train again"));
    }

    [Test]
    public void AnotherModelIsRefused() => Refused(Parameters + 1, "37 weights", "38");

    [Test]
    public void AMissingFileIsRefused()
    {
        File.Delete(FilePath);
        Refused("cannot read");
    }

    [Test]
    public void AFolderInItsPlaceIsRefused()
    {
        File.Delete(FilePath);
        Directory.CreateDirectory(FilePath);
        Refused("cannot read");
    }

    private void Refused(params string[] anyOf)
    {
        string message = Message(Parameters);
        Assert.That(anyOf.Any(message.Contains), Is.True, message);
    }

    private void Refused(int parameters, params string[] allOf)
    {
        string message = Message(parameters);
        foreach (string part in allOf) Assert.That(message, Does.Contain(part));
    }

    private string Message(int parameters)
    {
        string message = Assert.Throws<UserError>(() => Checkpoint.Load(FilePath, parameters))!.Message;
        Assert.That(message, Does.Not.Contain("\n").And.Contain(FilePath));
        return message;
    }
}
