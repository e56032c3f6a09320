using System;
using System.IO;

namespace VaeContent.Trainer;

/// <summary>Room on a disk, asked for before work begins whose result would not fit.</summary>
internal static class DiskRoom
{
    private const long Spare = 4 << 20;

    /// <summary>Throws where the disk of a folder has less room than this many bytes and a little more.</summary>
    /// <exception cref="UserError">The disk is nearly full.</exception>
    public static void Require(string folder, long bytes)
    {
        if (FreeBytes(folder) is { } room && room < bytes + Spare)
            throw new UserError(
                $"the disk of '{folder}' has {room >> 20} MiB left; expected {((bytes + Spare) >> 20) + 1} or more. Make room or "
                + "choose another --out.");
    }

    // Null where the system does not say.
    private static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
