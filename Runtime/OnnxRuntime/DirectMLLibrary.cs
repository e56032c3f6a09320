using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;

namespace VaeContent.Internal
{
    /// <summary>
    /// The DirectML.dll that ONNX Runtime will use. ONNX Runtime loads it late: an older one of the system may come first, and
    /// one that is missing or wrong would end the process rather than throw. So it is loaded and looked at here. Windows only.
    /// </summary>
    internal static class DirectMLLibrary
    {
        private const string Name = "DirectML.dll", Oldest = "DMLCreateDevice", Needed = "DMLCreateDevice1";
        private const int LongestPath = 1024;

        /// <summary>
        /// Loads the one beside onnxruntime.dll, or else the system's. Throws NotSupportedException where there is none, or it is
        /// no DirectML or too old.
        /// </summary>
        internal static void Load()
        {
            if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows)) return;
            string beside = Path.Combine(Path.GetDirectoryName(PathOf(GetModuleHandle("onnxruntime.dll"))) ?? "", Name);
            var library = LoadLibrary(File.Exists(beside) ? beside : Name);
            if (library == IntPtr.Zero)
                throw new NotSupportedException(Name + (File.Exists(beside)
                    ? " beside onnxruntime.dll cannot be loaded: it is damaged, or for another processor"
                    : " is neither beside onnxruntime.dll nor in the system"));
            if (GetProcAddress(library, Needed) != IntPtr.Zero) return;
            string problem = GetProcAddress(library, Oldest) == IntPtr.Zero
                ? "is not DirectML"
                : "is too old a DirectML, " + Version(PathOf(library));
            throw new NotSupportedException("'" + PathOf(library) + "' " + problem + ": it has no " + Needed);
        }

        /// <summary>
        /// The version of the loaded one and whose it is, to follow a version of ONNX Runtime; empty where none is loaded.
        /// </summary>
        internal static string Describe()
        {
            if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows)) return "";
            var library = GetModuleHandle(Name);
            if (library == IntPtr.Zero) return "";
            string path = PathOf(library);
            bool isOurs = Path.GetDirectoryName(path) == Path.GetDirectoryName(PathOf(GetModuleHandle("onnxruntime.dll")));
            return ", DirectML " + Version(path) + (isOurs ? "" : " of the system");
        }

        private static string Version(string path)
        {
            var version = FileVersionInfo.GetVersionInfo(path);
            return version.FileMajorPart + "." + version.FileMinorPart + "." + version.FileBuildPart;
        }

        private static string PathOf(IntPtr library)
        {
            var path = new char[LongestPath];
            return library == IntPtr.Zero ? "" : new string(path, 0, GetModuleFileName(library, path, path.Length));
        }

        [DllImport("kernel32", EntryPoint = "GetModuleHandleW", CharSet = CharSet.Unicode)]
        private static extern IntPtr GetModuleHandle(string name);

        [DllImport("kernel32", EntryPoint = "GetModuleFileNameW", CharSet = CharSet.Unicode)]
        private static extern int GetModuleFileName(IntPtr library, [Out] char[] path, int capacity);

        [DllImport("kernel32", EntryPoint = "LoadLibraryW", CharSet = CharSet.Unicode)]
        private static extern IntPtr LoadLibrary(string path);

        [DllImport("kernel32", BestFitMapping = false, ThrowOnUnmappableChar = true)]
        private static extern IntPtr GetProcAddress(IntPtr library, [MarshalAs(UnmanagedType.LPStr)] string name);
    }
}
