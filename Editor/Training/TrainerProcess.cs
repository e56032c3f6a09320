using System;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;

namespace VaeContent.Editor
{
    /// <summary>
    /// One run of the program <c>vaecontent</c>. Training is another process, so nothing it does can take the Editor down. Its
    /// lines are collected from other threads and handed out on the caller's.
    /// </summary>
    internal sealed class TrainerProcess : IDisposable
    {
        private const string Command = "vaecontent";

        private readonly ConcurrentQueue<string> _lines = new ConcurrentQueue<string>();
        private readonly Process _process;

        /// <summary>
        /// Starts <paramref name="program"/>: a command on the PATH, the path of an executable, or that of
        /// VaeContent.Trainer.dll, which then runs under <c>dotnet</c>. Throws InvalidOperationException, with advice, where it
        /// does not start.
        /// </summary>
        internal TrainerProcess(string program, params string[] arguments)
        {
            bool library = program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
            var line = new StringBuilder(library ? Quote(program) : "");
            foreach (string argument in arguments) line.Append(line.Length > 0 ? " " : "").Append(Quote(argument));
            var start = new ProcessStartInfo(library ? "dotnet" : program, line.ToString())
            {
                UseShellExecute = false,
                CreateNoWindow = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
            };
            _process = new Process { StartInfo = start };
            _process.OutputDataReceived += (_, data) => Collect(data.Data);
            _process.ErrorDataReceived += (_, data) => Collect(data.Data);
            try
            {
                _process.Start();
            }
            catch (Win32Exception e)
            {
                _process.Dispose();
                throw new InvalidOperationException("'" + start.FileName + "' does not start: " + e.Message
                    + ". Install the trainer with 'dotnet tool install --global VaeContent.Trainer --add-source FOLDER', "
                    + "or name its program in the field Trainer.", e);
            }

            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        /// <summary>
        /// The trainer as 'dotnet tool install --global' leaves it: an Editor started from a desktop may not have that folder on
        /// its PATH.
        /// </summary>
        internal static string Default
        {
            get
            {
                string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
                string file = Environment.OSVersion.Platform == PlatformID.Unix ? Command : Command + ".exe";
                string installed = Path.Combine(home, ".dotnet", "tools", file);
                return File.Exists(installed) ? installed : Command;
            }
        }

        /// <summary>Whether it is still at work.</summary>
        internal bool IsRunning => !_process.HasExited;

        /// <summary>0 done, 1 a mistake its last line explains, 2 a bug; valid once it has ended.</summary>
        internal int ExitCode => _process.ExitCode;

        /// <summary>The next line it printed, or false.</summary>
        internal bool TryRead(out string line) => _lines.TryDequeue(out line!);

        /// <summary>
        /// Asks it to save and stop, which 'train --resume' continues. Windows has no such signal for a process without a
        /// console: there it ends at once, and what it saved last is kept.
        /// </summary>
        internal void Stop()
        {
            if (!IsRunning) return;
            try
            {
                if (Environment.OSVersion.Platform == PlatformID.Unix)
                {
                    using (var kill = Process.Start("kill", "-INT " + _process.Id)) kill?.WaitForExit();
                }
                else
                {
                    _process.Kill();
                }
            }
            catch (Exception e) when (e is InvalidOperationException || e is Win32Exception)
            {
                Collect("could not be stopped: " + e.Message);
            }
        }

        /// <summary>Ends it at once if it still runs.</summary>
        public void Dispose()
        {
            try
            {
                if (!_process.HasExited) _process.Kill();
            }
            catch (Exception e) when (e is InvalidOperationException || e is Win32Exception)
            {
                // It ended in between.
            }

            _process.Dispose();
        }

        // ProcessStartInfo.ArgumentList is missing from Unity 2021's .NET Framework profile. The rules are those of
        // CommandLineToArgvW, which Mono follows on every system.
        private static string Quote(string argument)
        {
            var quoted = new StringBuilder("\"");
            int backslashes = 0;
            foreach (char c in argument)
            {
                if (c == '"') quoted.Append('\\', backslashes + 1);
                backslashes = c == '\\' ? backslashes + 1 : 0;
                quoted.Append(c);
            }

            return quoted.Append('\\', backslashes).Append('"').ToString();
        }

        private void Collect(string? line)
        {
            if (!string.IsNullOrEmpty(line)) _lines.Enqueue(line!);
        }
    }
}
