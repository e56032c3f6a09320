using System;
using NUnit.Framework;
using VaeContent.Trainer.Model;

namespace VaeContent.Tests.Trainer;

/// <summary>Loads libtorch before a test touches it, and lets no finalizer free what it reads.</summary>
[SetUpFixture]
internal sealed class NeedsLibTorch
{
    private static NeedsLibTorch? _running;
    private FinalizerPause _pause = null!;

    [OneTimeSetUp]
    public void Load()
    {
        LibTorch.UseThreads(1);
        _pause = new FinalizerPause();
        _running = this;
    }

    /// <summary>Runs something in a process where finalizers run as in the trainer's.</summary>
    public static void WithoutPause(Action run)
    {
        _running!._pause.Dispose();
        try
        {
            run();
        }
        finally
        {
            _running._pause = new FinalizerPause();
        }
    }

    [OneTimeTearDown]
    public void LetFinalizersRun() => _pause.Dispose();
}
