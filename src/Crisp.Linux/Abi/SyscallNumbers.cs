namespace Crisp.Linux.Abi;

/// <summary>Numbers of system calls younger than Linux 5.0; those are the same on every architecture.</summary>
internal static class SyscallNumbers
{
    internal const int PidfdSendSignal = 424;
    internal const int OpenTree = 428;
    internal const int MoveMount = 429;
    internal const int Fsopen = 430;
    internal const int Fsconfig = 431;
    internal const int Fsmount = 432;
    internal const int PidfdOpen = 434;
    internal const int Openat2 = 437;
    internal const int MountSetattr = 442;
}
