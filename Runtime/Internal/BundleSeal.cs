using System;
using System.Security.Cryptography;
using System.Text;

namespace VaeContent.Internal
{
    /// <summary>
    /// The last 87 bytes of a bundle: the metadata entry <see cref="BundleKeys.Sha256"/>, which holds the SHA-256 of all bytes
    /// before it in lower-case hexadecimal digits. It tells damage; it does not tell who wrote the file.
    /// </summary>
    internal static class BundleSeal
    {
        private const int Digits = 64;

        // Tag and length of a ModelProto.metadata_props; in it tag and length of the key, the key, tag and length of the value.
        private static readonly byte[] Opening = Encoding.ASCII.GetBytes("\x72\x55\x0A\x11" + BundleKeys.Sha256 + "\x12\x40");

        private static int Length => Opening.Length + Digits;

        /// <summary>The file, with its seal behind it.</summary>
        internal static byte[] Append(byte[] file)
        {
            var whole = new byte[file.Length + Length];
            file.CopyTo(whole, 0);
            Compute(file, file.Length).CopyTo(whole, file.Length);
            return whole;
        }

        /// <summary>Whether a file ends with the seal of the bytes before it.</summary>
        internal static bool IsIntact(byte[] file)
        {
            int content = file.Length - Length;
            return content >= 0 && file.AsSpan(content).SequenceEqual(Compute(file, content));
        }

        private static byte[] Compute(byte[] file, int length)
        {
            using var sha256 = SHA256.Create();
            byte[] hash = sha256.ComputeHash(file, 0, length), seal = new byte[Length];
            Opening.CopyTo(seal, 0);
            for (int i = 0; i < Digits; i++)
            {
                int digit = hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15;
                seal[Opening.Length + i] = (byte)"0123456789abcdef"[digit];
            }

            return seal;
        }
    }
}
