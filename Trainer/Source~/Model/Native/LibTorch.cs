using System;
using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace VaeContent.Trainer.Model;

/// <summary>
/// The native libraries, loaded once and before TorchSharp looks for them: it prints pages where it does not find them.
/// </summary>
internal static partial class LibTorch
{
    private static readonly Lazy<string?> Outcome = new(Load);

    /// <summary>Why libtorch cannot be used here, in a sentence; null where it can.</summary>
    public static string? Problem => Outcome.Value;

    /// <summary>Loads it if that has not happened yet.</summary>
    /// <exception cref="UserError">It cannot be loaded.</exception>
    public static void Require()
    {
        if (Problem is { } problem) throw new UserError($"training needs libtorch, which cannot be used here: {problem}");
    }

    /// <summary>The name of a module whose base constructor is the first to need libtorch.</summary>
    public static string RequireFor(string module)
    {
        Require();
        return module;
    }

    /// <summary>
    /// Loads it if that has not happened yet, and lets the calling thread compute with this many threads; 0 for all cores.
    /// </summary>
    public static void UseThreads(int threads)
    {
        Require();
        torch.set_num_threads(threads > 0 ? threads : Environment.ProcessorCount);
    }

    private static string? Load()
    {
        if (OperatingSystem.IsLinux()) LetThreadsSleep();
        Assembly owner = typeof(torch).Assembly;
        NativeLibrary.TryLoad("torch_cuda", owner, null, out _); // where the package brings it, it has to come first
        if (NativeLibrary.TryLoad("LibTorchSharp", owner, null, out _)) return null;
        try
        {
            if (OperatingSystem.IsLinux() && OlderCppRuntime.Load(owner)) return null;
            NativeLibrary.Load("LibTorchSharp", owner, null);
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            return $"its native library does not load ({e.Message.Trim().Split('\n')[^1].Trim().TrimEnd('.')}).";
        }
    }

    // GCC's OpenMP spins between two operators unless told not to, which costs more than it saves where cores are shared. It
    // reads the environment when it is loaded; .NET's own copy of the environment does not reach it.
    private static void LetThreadsSleep()
    {
        _ = SetVariable("OMP_WAIT_POLICY", "PASSIVE", overwrite: 0);
        _ = SetVariable("GOMP_SPINCOUNT", "0", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
