using System.Runtime.InteropServices;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;
using Microsoft.Win32.SafeHandles;

namespace Crisp.Linux;

/// <summary>
/// An owned, close-on-exec file descriptor. It is closed once, by whoever owns this object; nothing outside this
/// project sees the number.
/// </summary>
public sealed class FileDescriptor : SafeHandle
{
    /// <summary>For the source-generated interop, which fills the handle in.</summary>
    public FileDescriptor()
        : base(-1, ownsHandle: true)
    {
    }

    internal FileDescriptor(int number)
        : this()
    {
        SetHandle(number);
    }

    public override bool IsInvalid => handle < 0;

    /// <summary>The number, valid while the caller holds a reference.</summary>
    internal int Number => (int)handle;

    /// <summary>
    /// A path that leads to the open file, for calls that take only paths (mount). Valid while this object is open,
    /// in this process.
    /// </summary>
    public string ProcPath => $"/proc/self/fd/{Number}";

    /// <summary>A descriptor that this process was started with, such as 3; the caller becomes its owner.</summary>
    public static FileDescriptor FromInherited(int number)
    {
        var descriptor = new FileDescriptor(number);
        if (Libc.fcntl(number, FileConstants.F_SETFD, FileConstants.FD_CLOEXEC) < 0)
        {
            descriptor.SetHandleAsInvalid();
            throw FailedCall.Last("fcntl(F_SETFD)");
        }

        return descriptor;
    }

    /// <summary>
    /// Opens a path of this process's own making; what comes from outside goes through RootedDirectory.
    /// </summary>
    public static FileDescriptor Open(string path, OpenFlags flags, int mode = 0)
    {
        int fd;
        do fd = Libc.open(path, FileConstants.Native(flags), (uint)mode);
        while (fd < 0 && FailedCall.LastErrno == Errno.EINTR);
        return new FileDescriptor(FailedCall.ThrowIfNegative(fd, "open", path));
    }

    /// <summary>A second descriptor of the same open file.</summary>
    public FileDescriptor Duplicate() => DuplicateFrom(0);

    /// <summary>
    /// Gives the descriptor to the class library's file API; this object is then closed. Regular files only.
    /// </summary>
    public SafeFileHandle MoveToFileHandle()
    {
        ObjectDisposedException.ThrowIf(IsClosed || IsInvalid, this);
        var moved = new SafeFileHandle(handle, ownsHandle: true);
        SetHandleAsInvalid();
        return moved;
    }

    /// <summary>Sets O_NONBLOCK on this end (of a pipe: not on the other).</summary>
    public void SetNonBlocking()
    {
        var flags = FailedCall.ThrowIfNegative(Libc.fcntl(Number, FileConstants.F_GETFL, 0), "fcntl(F_GETFL)");
        FailedCall.ThrowIfNegative(
            Libc.fcntl(Number, FileConstants.F_SETFL, flags | FileConstants.O_NONBLOCK), "fcntl(F_SETFL)");
    }

    /// <summary>fchmod(2).</summary>
    public void SetMode(int mode) => FailedCall.ThrowIfNegative(Libc.fchmod(Number, (uint)mode), "fchmod");

    internal FileDescriptor DuplicateFrom(int lowest) =>
        new(FailedCall.ThrowIfNegative(
            Libc.fcntl(Number, FileConstants.F_DUPFD_CLOEXEC, lowest), "fcntl(F_DUPFD_CLOEXEC)"));

    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
