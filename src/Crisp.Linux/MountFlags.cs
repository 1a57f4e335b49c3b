namespace Crisp.Linux;

/// <summary>Flags of mount(2).</summary>
[Flags]
public enum MountFlags : uint
{
    None = 0,
    ReadOnly = 0x1,
    NoSuid = 0x2,
    NoDev = 0x4,
    NoExec = 0x8,
    Remount = 0x20,
    NoAtime = 0x400,
    Bind = 0x1000,
    Recursive = 0x4000,
    Private = 0x40000,
    Slave = 0x80000,
    Shared = 0x100000,
    RelativeAtime = 0x200000,
}
