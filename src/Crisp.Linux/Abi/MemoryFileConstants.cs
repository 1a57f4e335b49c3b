namespace Crisp.Linux.Abi;

/// <summary>Flags of memfd_create(2), and the seals of fcntl(2).</summary>
internal static class MemoryFileConstants
{
    internal const uint MFD_CLOEXEC = 1;
    internal const uint MFD_ALLOW_SEALING = 2;

    /// <summary>Since Linux 6.3; older kernels make every such file executable, and refuse the flag.</summary>
    internal const uint MFD_EXEC = 0x10;

    internal const int F_ADD_SEALS = 1033;

    /// <summary>
    /// F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW and F_SEAL_WRITE: what runc and crun ask for, no seal less or more.
    /// </summary>
    internal const int AllSeals = 0xf;
}
