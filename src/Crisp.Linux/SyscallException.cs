namespace Crisp.Linux;

/// <summary>A system call that failed: which call, on what, and why.</summary>
public sealed class SyscallException : IOException
{
    public SyscallException(string call, Errno errno, string? path = null)
        : base(path is null ? $"{call}: {errno.Describe()}" : $"{call} {path}: {errno.Describe()}")
    {
        Call = call;
        Path = path;
        Errno = errno;
    }

    public string Call { get; }

    public string? Path { get; }

    public Errno Errno { get; }
}
