using System.Globalization;
using System.Text;
using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.Pods.Recovery;

/// <summary>One daemon per state directory: the kernel lets go of the lock when its holder ends, however it ends.</summary>
internal static class StateLock
{
    internal static FileDescriptor Take(string path)
    {
        if (FileLock.TryLockExclusive(path) is not { } held)
            throw new CrispException(ErrorKind.FailedPrecondition, $"the state directory {Path.GetDirectoryName(path)} is in use by another crisp{Holder(path)}; stop that one, or give this one a directory of its own");
        held.WriteAll(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture).PadRight(10) + "\n"));
        return held;
    }

    /// <summary>For the message only: the lock counts, not the number. .NET's file API would want a lock of its own.</summary>
    private static string Holder(string path)
    {
        using FileDescriptor file = FileDescriptor.Open(path, OpenFlags.ReadOnly);
        Span<byte> content = stackalloc byte[16];
        file.TryRead(content, out int length);
        string pid = Encoding.ASCII.GetString(content[..length]).Trim();
        return pid.Length > 0 ? $" (process {pid})" : "";
    }
}
