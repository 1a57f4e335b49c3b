using System.Runtime.InteropServices;

namespace Crisp.Linux.Abi;

/// <summary>struct open_how and the resolve flags of openat2(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenHow
{
    internal ulong Flags;
    internal ulong Mode;
    internal ulong Resolve;

    internal const ulong NoXdev = 0x01;
    internal const ulong NoMagicLinks = 0x02;
    internal const ulong NoSymlinks = 0x04;
    internal const ulong Beneath = 0x08;
    internal const ulong InRoot = 0x10;
}
