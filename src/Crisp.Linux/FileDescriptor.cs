using System.Runtime.InteropServices;
using Crisp.Linux.Interop;

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

    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
