using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

/// <summary>ZSTD_inBuffer and ZSTD_outBuffer, which have one shape.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ZstdBuffer
{
    internal byte* Start;
    internal nuint Size;
    internal nuint Position;
}
