using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// Blocking signals in the whole process, so that a signalfd gets them. A .NET program has threads before its first
/// line runs, and one that does not block a signal takes it away; so the mask must be there when the program starts,
/// from <see cref="SpawnRequest.BlockedSignals"/> or by executing the program anew.
/// </summary>
public static class SignalMask
{
    /// <summary>Does the calling thread block all of them?</summary>
    public static unsafe bool Blocks(IReadOnlyList<int> signals)
    {
        byte* set = stackalloc byte[SpawnLayout.SignalSetSize];
        _ = Libc.pthread_sigmask(SignalSet.SIG_BLOCK, null, set);
        for (var i = 0; i < signals.Count; i++)
        {
            if (!SignalSet.Contains(new ReadOnlySpan<byte>(set, SpawnLayout.SignalSetSize), signals[i]))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Blocks the signals and executes this program again, which starts with that mask. Returns only if that fails.
    /// </summary>
    public static unsafe SyscallException ExecuteAgainBlocking(
        IReadOnlyList<int> signals, IReadOnlyList<string> arguments)
    {
        byte* set = stackalloc byte[SpawnLayout.SignalSetSize];
        SignalSet.Fill(new Span<byte>(set, SpawnLayout.SignalSetSize), signals);
        _ = Libc.pthread_sigmask(SignalSet.SIG_BLOCK, set, null);

        var program = Environment.GetCommandLineArgs()[0];
        using var argv = new NativeStrings(program, arguments);
        using var envp = new NativeStrings(null, []);
        fixed (byte* self = "/proc/self/exe\0"u8)
            _ = Libc.execve(self, argv.Pointers, envp.Pointers);
        _ = Libc.execve(argv.Pointers[0], argv.Pointers, envp.Pointers); // where there is no /proc
        return FailedCall.Last("execve", program);
    }
}
