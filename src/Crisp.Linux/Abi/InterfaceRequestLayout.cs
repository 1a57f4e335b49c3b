namespace Crisp.Linux.Abi;

/// <summary>struct ifreq (netdevice(7)) and the ioctls that take it.</summary>
internal static class InterfaceRequestLayout
{
    internal const int Size = 40;
    internal const int NameSize = 16;
    internal const int Flags = 16;

    internal const nuint SIOCGIFFLAGS = 0x8913;
    internal const nuint SIOCSIFFLAGS = 0x8914;
    internal const short IFF_UP = 1;
}
