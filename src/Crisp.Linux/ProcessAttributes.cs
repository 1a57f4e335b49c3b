using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>Attributes of this process that its children or the kernel go by.</summary>
public static class ProcessAttributes
{
    private const int PR_SET_NAME = 15;
    private const int PR_SET_CHILD_SUBREAPER = 36;

    /// <summary>Orphaned descendants become children of this process, which then must reap them.</summary>
    public static void BecomeSubreaper() =>
        FailedCall.ThrowIfNegative(Libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), "prctl(PR_SET_CHILD_SUBREAPER)");

    /// <summary>The name that ps and top show (of this thread, the main one); at most 15 bytes.</summary>
    public static unsafe void SetName(string name)
    {
        fixed (byte* text = System.Text.Encoding.UTF8.GetBytes(name + "\0"))
            FailedCall.ThrowIfNegative(Libc.prctl(PR_SET_NAME, (nuint)text, 0, 0, 0), "prctl(PR_SET_NAME)");
    }

    public static void SetUmask(int mask) => _ = Libc.umask((uint)mask);
}
