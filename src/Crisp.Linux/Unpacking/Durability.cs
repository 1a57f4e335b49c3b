using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>Makes what was written survive a power cut.</summary>
public static class Durability
{
    /// <summary>syncfs(2): everything written to the file system that the path lies on.</summary>
    public static void SyncFileSystem(string path)
    {
        using var fd = FileDescriptor.Open(path, OpenFlags.ReadOnly);
        FailedCall.ThrowIfNegative(Libc.syncfs(fd.Number), "syncfs", path);
    }
}
