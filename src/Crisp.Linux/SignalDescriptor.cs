using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>signalfd(2): signals, blocked by <see cref="SignalMask"/>, as something to read.</summary>
public static class SignalDescriptor
{
    private const int SignalInfoSize = 128;

    public static unsafe FileDescriptor Open(IReadOnlyList<int> signals)
    {
        byte* set = stackalloc byte[SpawnLayout.SignalSetSize];
        SignalSet.Fill(new Span<byte>(set, SpawnLayout.SignalSetSize), signals);
        const int Flags = FileConstants.O_CLOEXEC | FileConstants.O_NONBLOCK;
        return new FileDescriptor(FailedCall.ThrowIfNegative(Libc.signalfd(-1, set, Flags), "signalfd"));
    }

    /// <summary>The next signal's number; 0 when none waits.</summary>
    public static int TryRead(FileDescriptor signals)
    {
        Span<byte> info = stackalloc byte[SignalInfoSize];
        return signals.Read(info, out var count) == Errno.None && count == SignalInfoSize
            ? BitConverter.ToInt32(info)
            : 0;
    }
}
