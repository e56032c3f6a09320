using System;

namespace VaeContent
{
    /// <summary>
    /// A <c>.vae</c> file cannot be used: missing, damaged, of another kind, or made for another version. The message is one line
    /// that names the file, what was found, what was expected and what to do.
    /// </summary>
    public sealed class VaeBundleException : Exception
    {
        /// <summary>An error with its one-line message.</summary>
        public VaeBundleException(string message) : base(message)
        {
        }

        /// <summary>An error that another exception caused.</summary>
        public VaeBundleException(string message, Exception cause) : base(message, cause)
        {
        }
    }
}
