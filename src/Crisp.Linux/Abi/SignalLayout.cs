namespace Crisp.Linux.Abi;

/// <summary>siginfo_t as waitid(2) fills it, glibc's struct sigaction, and the constants of waiting.</summary>
internal static class SignalLayout
{
    internal const int SigInfoSize = 128;
    internal const int SigInfoCode = 8;
    internal const int SigInfoPid = 16;
    internal const int SigInfoStatus = 24;

    internal const int SigActionSize = 152;
    internal const nint Default = 0;
    internal const nint Ignore = 1;

    internal const int P_ALL = 0;
    internal const int P_PID = 1;
    internal const int P_PIDFD = 3;
    internal const int WNOHANG = 1;
    internal const int WEXITED = 4;
    internal const int WNOWAIT = 0x1000000;
    internal const int CLD_EXITED = 1;
}
