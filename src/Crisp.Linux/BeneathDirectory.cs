using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// Opening files beneath a directory by names from elsewhere (a log path of a request): no symlink is followed, and
/// a name that climbs out is refused (openat2(2), RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS).
/// </summary>
public static class BeneathDirectory
{
    /// <summary>Opens or creates a file; directories of the relative path that are absent are made.</summary>
    public static FileDescriptor OpenFile(
        string directory, string relative, OpenFlags flags, int fileMode, int directoryMode)
    {
        using var root = FileDescriptor.Open(directory, OpenFlags.PathOnly | OpenFlags.Directory);
        var file = Open(root, relative, flags, fileMode, out var errno);
        if (errno == Errno.ENOENT && flags.HasFlag(OpenFlags.Create))
        {
            CreateParents(root, relative, directoryMode);
            file = Open(root, relative, flags, fileMode, out errno);
        }

        return file ?? throw new SyscallException("open", errno, $"{directory}/{relative}");
    }

    private static void CreateParents(FileDescriptor root, string relative, int mode)
    {
        for (var slash = relative.IndexOf('/'); slash >= 0; slash = relative.IndexOf('/', slash + 1))
        {
            var name = relative.LastIndexOf('/', Math.Max(slash - 1, 0)) + 1;
            if (name >= slash)
                continue;
            var parent = relative[..name].TrimEnd('/');
            const OpenFlags Flags = OpenFlags.PathOnly | OpenFlags.Directory;
            using var within = Open(root, parent.Length == 0 ? "." : parent, Flags, 0, out var errno);
            if (within is null)
                throw new SyscallException("open", errno, parent);
            if (Libc.mkdirat(within.Number, relative[name..slash], (uint)mode) < 0 &&
                FailedCall.LastErrno != Errno.EEXIST)
                throw FailedCall.Last("mkdirat", relative[..slash]);
        }
    }

    private static FileDescriptor? Open(
        FileDescriptor root, string relative, OpenFlags flags, int mode, out Errno errno) =>
        PathResolution.TryOpen(root, relative, flags, mode, PathResolution.BeneathWithoutLinks, out errno);
}
