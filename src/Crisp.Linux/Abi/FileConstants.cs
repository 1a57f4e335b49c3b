using System.Runtime.InteropServices;

namespace Crisp.Linux.Abi;

/// <summary>Flags of open(2), fcntl(2), flock(2) and the *at calls.</summary>
internal static class FileConstants
{
    internal const int O_NONBLOCK = 0x800;
    internal const int O_CLOEXEC = 0x80000;

    // The two flags below swap places with O_DIRECT and O_LARGEFILE on arm64.
    internal const int X64Directory = 0x10000;
    internal const int X64NoFollow = 0x20000;
    internal const int Arm64Directory = 0x4000;
    internal const int Arm64NoFollow = 0x8000;

    internal const int AT_FDCWD = -100;
    internal const int AT_EMPTY_PATH = 0x1000;
    internal const int AT_SYMLINK_NOFOLLOW = 0x100;
    internal const int AT_REMOVEDIR = 0x200;

    internal const uint RENAME_EXCHANGE = 2;

    internal const int F_DUPFD_CLOEXEC = 1030;
    internal const int F_SETFD = 2;
    internal const int FD_CLOEXEC = 1;
    internal const int F_GETFL = 3;
    internal const int F_SETFL = 4;
    internal const int F_SETPIPE_SZ = 1031;
    internal const int F_GETPIPE_SZ = 1032;

    internal const int SEEK_DATA = 3;
    internal const int SEEK_HOLE = 4;

    internal const int LOCK_EX = 2;
    internal const int LOCK_NB = 4;

    internal static int Native(OpenFlags flags)
    {
        var bits = (int)flags | O_CLOEXEC;
        if (RuntimeInformation.ProcessArchitecture != Architecture.Arm64)
            return bits;
        var native = bits & ~(X64Directory | X64NoFollow);
        if (flags.HasFlag(OpenFlags.Directory)) native |= Arm64Directory;
        if (flags.HasFlag(OpenFlags.NoFollow)) native |= Arm64NoFollow;
        return native;
    }
}
