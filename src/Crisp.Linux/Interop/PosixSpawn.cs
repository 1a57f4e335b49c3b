using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

/// <summary>
/// posix_spawn(3) and what prepares it. These return an error number instead of setting errno. The attribute and
/// file action objects are opaque: buffers of <see cref="Abi.SpawnLayout"/> sizes.
/// </summary>
internal static partial class Libc
{
    [LibraryImport(Name)]
    internal static unsafe partial int posix_spawn(
        int* pid, byte* path, byte* fileActions, byte* attributes, byte** argv, byte** envp);

    [LibraryImport(Name)]
    internal static unsafe partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport(Name)]
    internal static unsafe partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport(Name)]
    internal static unsafe partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport(Name)]
    internal static unsafe partial int posix_spawnattr_setsigmask(byte* attributes, byte* signals);

    [LibraryImport(Name)]
    internal static unsafe partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

    [LibraryImport(Name)]
    internal static unsafe partial int posix_spawn_file_actions_init(byte* fileActions);

    [LibraryImport(Name)]
    internal static unsafe partial int posix_spawn_file_actions_destroy(byte* fileActions);

    [LibraryImport(Name)]
    internal static unsafe partial int posix_spawn_file_actions_adddup2(byte* fileActions, int fd, int newFd);

    [LibraryImport(Name)]
    internal static unsafe partial int posix_spawn_file_actions_addopen(
        byte* fileActions, int fd, byte* path, int flags, uint mode);

    [LibraryImport(Name)]
    internal static unsafe partial int posix_spawn_file_actions_addclosefrom_np(byte* fileActions, int fd);

    [LibraryImport(Name)]
    internal static unsafe partial int posix_spawn_file_actions_addchdir_np(byte* fileActions, byte* path);
}
