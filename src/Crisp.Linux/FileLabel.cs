using System.Text;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// A security label, an extended attribute with text in it, of whatever a descriptor stands for: also of a symlink or a
/// FIFO that was opened by path only, which fsetxattr(2) does not take. The descriptor's entry in /proc leads to that
/// very object, and nothing is followed from there.
/// </summary>
public sealed class FileLabel(string attribute, string text)
{
    private const int MostBytes = 4096;

    private readonly byte[] _value = Encoding.UTF8.GetBytes(text + "\0"); // as libselinux writes it

    /// <summary>SELinux's attribute.</summary>
    public const string SELinuxAttribute = "security.selinux";

    public static FileLabel SELinux(string text) => new(SELinuxAttribute, text);

    public string Text => text;

    /// <summary>
    /// Labels a file or tree of this process's own making. A file system without labels (one for all, or none) stays as
    /// it is.
    /// </summary>
    public void SetOn(string path)
    {
        using FileDescriptor top = FileDescriptor.Open(path, OpenFlags.PathOnly | OpenFlags.NoFollow);
        LabelledTree.TrySet(top, this, CancellationToken.None);
    }

    /// <summary>One that is right already is left alone, so that its change time stays. None: it is so now.</summary>
    public Errno Set(FileDescriptor file) => IsOn(file) ? Errno.None : Write(file);

    public unsafe bool IsOn(FileDescriptor file)
    {
        Span<byte> found = stackalloc byte[MostBytes];
        fixed (byte* start = found)
        {
            nint length = Libc.getxattr(file.ProcPath, attribute, start, MostBytes);
            return length > 0
                && found[..(int)length].TrimEnd((byte)0).SequenceEqual(_value.AsSpan(0, _value.Length - 1));
        }
    }

    private unsafe Errno Write(FileDescriptor file)
    {
        fixed (byte* value = _value)
            return Libc.setxattr(file.ProcPath, attribute, value, (nuint)_value.Length, 0) == 0
                ? Errno.None
                : FailedCall.LastErrno;
    }
}
