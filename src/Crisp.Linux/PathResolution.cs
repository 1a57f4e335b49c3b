using System.Text;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>How openat2(2) may walk from a directory.</summary>
internal static class PathResolution
{
    /// <summary>The directory is "/" for this walk: "..", absolute names and symlinks stay inside.</summary>
    internal const ulong InRoot = OpenHow.InRoot | OpenHow.NoMagicLinks;

    /// <summary>Anything that would leave the directory, and every symlink, is an error.</summary>
    internal const ulong BeneathWithoutLinks = OpenHow.Beneath | OpenHow.NoSymlinks;

    /// <summary>The same, and a name at which something is mounted is an error (EXDEV).</summary>
    internal const ulong BeneathOnThisMount = BeneathWithoutLinks | OpenHow.NoXdev;

    /// <summary>openat2(2); null with the errno when it fails.</summary>
    internal static FileDescriptor? TryOpen(
        FileDescriptor directory, string relative, OpenFlags flags, int mode, ulong resolve, out Errno errno) =>
        TryOpen(directory, Encoding.UTF8.GetBytes(relative), flags, mode, resolve, out errno);

    /// <summary>The same for a name that need not be UTF-8.</summary>
    internal static unsafe FileDescriptor? TryOpen(
        FileDescriptor directory, ReadOnlySpan<byte> relative, OpenFlags flags, int mode, ulong resolve,
        out Errno errno)
    {
        var how = new OpenHow { Flags = (ulong)(uint)FileConstants.Native(flags), Resolve = resolve };
        if (flags.HasFlag(OpenFlags.Create))
            how.Mode = (ulong)mode;
        fixed (byte* path = (byte[])[.. relative, 0])
        {
            while (true)
            {
                nint fd = Libc.syscall(
                    SyscallNumbers.Openat2, directory.Number, (nint)path, (nint)(&how), sizeof(OpenHow), 0);
                errno = fd >= 0 ? Errno.None : FailedCall.LastErrno;
                if (fd >= 0)
                    return new FileDescriptor((int)fd);

                // EAGAIN: a rename elsewhere made the kernel unsure about a ".."; it asks to try again.
                if (errno is not (Errno.EINTR or Errno.EAGAIN))
                    return null;
            }
        }
    }
}
