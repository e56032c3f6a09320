using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

public sealed class CheckpointTests
{
    private const int Parameters = 37;

    private SpriteBox _box = null!;

    private string FilePath => Path.Combine(_box.Root, "checkpoint");

    [SetUp]
    public void Save()
    {
        _box = new SpriteBox();
        Checkpoint.Save(FilePath, step: 123, seconds: 4.5, State());
    }

    [TearDown]
    public void Remove() => _box.Dispose();

    [Test]
    public void WhatIsSavedIsLoaded()
    {
        var (step, seconds, state) = Checkpoint.Load(FilePath, Parameters);
        TrainingState expected = State();
        Assert.That((step, seconds), Is.EqualTo((123L, 4.5)));
        Assert.That(state.Weights, Is.EqualTo(expected.Weights));
        Assert.That(state.FirstMoment, Is.EqualTo(expected.FirstMoment));
        Assert.That(state.SecondMoment, Is.EqualTo(expected.SecondMoment));
        Assert.That(state.Average, Is.EqualTo(expected.Average));
    }

    [Test]
    public void ATruncatedFileIsRefused([Range(0, 9)] int tenth)
    {
        byte[] bytes = File.ReadAllBytes(FilePath);
        File.WriteAllBytes(FilePath, bytes[..(bytes.Length * tenth / 10)]);
        Refused("no VaeContent checkpoint", "damaged");
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
            Refused("no VaeContent checkpoint", "damaged", "checkpoint version");
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

    private static TrainingState State()
    {
        var state = new TrainingState(Parameters);
        IEnumerable<float[]> vectors = [state.Weights, state.FirstMoment, state.SecondMoment, state.Average];
        foreach (var (vector, stream) in vectors.Select((vector, i) => (vector, i)))
            for (int i = 0; i < vector.Length; i++) vector[i] = new Sampler(1, stream).Normal(i);
        return state;
    }
}
