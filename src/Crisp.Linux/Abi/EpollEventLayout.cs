using System.Runtime.InteropServices;

namespace Crisp.Linux.Abi;

/// <summary>struct epoll_event: packed on x86-64, naturally aligned on every other architecture.</summary>
internal static class EpollEventLayout
{
    internal const int X64Size = 12;
    internal const int X64DataOffset = 4;
    internal const int OtherSize = 16;
    internal const int OtherDataOffset = 8;

    internal static int Size =>
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? X64Size : OtherSize;

    internal static int DataOffset =>
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? X64DataOffset : OtherDataOffset;
}
