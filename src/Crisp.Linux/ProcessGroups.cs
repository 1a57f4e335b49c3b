using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>kill(2) on a process group.</summary>
public static class ProcessGroups
{
    /// <summary>
    /// Sends a signal to every member. The number is only safe to use while the group's leader is a child of ours
    /// that is not reaped.
    /// </summary>
    public static void Signal(int groupId, int signal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(groupId, 1);
        if (Libc.kill(-groupId, signal) < 0 && FailedCall.LastErrno is not (Errno.ESRCH or Errno.EPERM))
            throw FailedCall.Last("kill");
    }
}
