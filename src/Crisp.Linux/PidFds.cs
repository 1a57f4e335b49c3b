using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>pidfd_send_signal(2).</summary>
public static class PidFds
{
    /// <summary>Sends a signal; ESRCH, a process that has ended, is no error.</summary>
    public static void Signal(FileDescriptor pidFd, int signal)
    {
        var errno = TrySignal(pidFd, signal);
        if (errno is not (Errno.None or Errno.ESRCH))
            throw new SyscallException("pidfd_send_signal", errno);
    }

    /// <summary>Sends a signal and gives back errno.</summary>
    public static Errno TrySignal(FileDescriptor pidFd, int signal) =>
        Libc.syscall(SyscallNumbers.PidfdSendSignal, pidFd.Number, signal, 0, 0, 0) == 0
            ? Errno.None
            : FailedCall.LastErrno;
}
