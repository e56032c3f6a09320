using System;

namespace VaeContent.Tests.Hosts
{
    internal static class HostProgram
    {
        private static int Main(string[] args)
        {
            Console.Write(PixelDigest.Compute(args[0], (Device)Enum.Parse(typeof(Device), args[1])));
            return 0;
        }
    }
}
