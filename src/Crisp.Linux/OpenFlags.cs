namespace Crisp.Linux;

/// <summary>
/// Flags of open(2). The values are x86-64's; <see cref="Abi.FileConstants"/> turns them into the machine's own.
/// Close-on-exec is not here: it is always set.
/// </summary>
[Flags]
public enum OpenFlags
{
    ReadOnly = 0,
    WriteOnly = 1,
    ReadWrite = 2,
    Create = 0x40,
    Exclusive = 0x80,
    NoControllingTerminal = 0x100,
    Truncate = 0x200,
    Append = 0x400,
    NonBlocking = 0x800,
    Directory = 0x10000,
    NoFollow = 0x20000,
    PathOnly = 0x200000,
}
