using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;

namespace VaeContent.Trainer.Packing;

/// <summary>Programs that packing needs.</summary>
internal static class Tool
{
    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="UserError">It is missing or fails.</exception>
    public static void Run(string folder, string program, params string[] arguments)
    {
        bool shell = OperatingSystem.IsWindows() && program == "npm"; // a script there
        string[] all = shell ? ["/c", program, .. arguments] : arguments;
        var start = new ProcessStartInfo(shell ? "cmd.exe" : program, all) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0) return;
            string[] said = (output + errors.Result).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            string reason = said.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? said.LastOrDefault() ?? "no message";
            throw new UserError($"'{program} {string.Join(' ', arguments)}' failed in '{folder}' with exit code {process.ExitCode}: {reason.Trim()}");
        }
        catch (Win32Exception e)
        {
            throw new UserError($"'{program}' was not found; packing needs it. Install {(program == "npm" ? "Node.js" : program)} and pack again.", e);
        }
    }
}
