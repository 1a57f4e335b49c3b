using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>mknodat(2); the device number is encoded as makedev(3) does.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int mknodat(int directory, byte* path, uint mode, ulong device);
}
