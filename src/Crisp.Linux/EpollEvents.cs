namespace Crisp.Linux;

/// <summary>The event bits of epoll_ctl(2).</summary>
[Flags]
public enum EpollEvents : uint
{
    None = 0,
    Readable = 0x1,
    Priority = 0x2,
    Writable = 0x4,
    Error = 0x8,
    HangUp = 0x10,
    PeerClosed = 0x2000,
    OneShot = 0x40000000,

    /// <summary>Told once for each change, not as long as it lasts.</summary>
    EdgeTriggered = 0x80000000,
}
