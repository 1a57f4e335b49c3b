using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>mount(2) and umount2(2), and the table of what is mounted. The overlay has a file of its own.</summary>
public static partial class Mounts
{
    /// <summary>Makes the source (file or directory) appear at the target too.</summary>
    public static void Bind(string source, string target, bool recursive = false) =>
        Mount(null, source, target, MountFlags.Bind | (recursive ? MountFlags.Recursive : MountFlags.None), null);

    /// <summary>Mounts a file system; the data is its option string.</summary>
    public static void Mount(string? type, string? source, string target, MountFlags flags, string? data)
    {
        if (Libc.mount(source, target, type, (nuint)(uint)flags, data) < 0)
            throw FailedCall.Last("mount", target);
    }

    /// <summary>Stops mount events from travelling between this mount and its copies.</summary>
    public static void MakePrivate(string target, bool recursive = false) =>
        Mount(null, null, target, MountFlags.Private | (recursive ? MountFlags.Recursive : MountFlags.None), null);

    /// <summary>
    /// Unmounts the topmost mount there, without following a final symlink. False: nothing is mounted there, or the
    /// path is gone. Detaching takes it out of sight at once, and frees it when its last user leaves.
    /// </summary>
    public static bool Unmount(string target, bool detach = false)
    {
        var flags = MountConstants.UMOUNT_NOFOLLOW | (detach ? MountConstants.MNT_DETACH : 0);
        if (Libc.umount2(target, flags) == 0)
            return true;
        return FailedCall.LastErrno is Errno.EINVAL or Errno.ENOENT ? false : throw FailedCall.Last("umount2", target);
    }

    /// <summary>What is mounted, in the order of mounting.</summary>
    public static IReadOnlyList<MountInfo> Read(string path = "/proc/self/mountinfo")
    {
        var mounts = new List<MountInfo>();
        foreach (var line in File.ReadLines(path))
        {
            if (MountInfo.TryParse(line) is { } mount)
                mounts.Add(mount);
        }

        return mounts;
    }
}
