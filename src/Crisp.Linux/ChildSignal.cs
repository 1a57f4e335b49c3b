using System.Buffers.Binary;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// A process that ignores SIGCHLD (an inherited setting) has its children reaped by the kernel, and their exit codes
/// are lost. That setting is undone before the first child; a handler, such as .NET's own, is left alone.
/// </summary>
internal static class ChildSignal
{
    private static bool s_checked;

    internal static unsafe void EnsureNotIgnored()
    {
        if (s_checked)
            return;
        byte* action = stackalloc byte[SignalLayout.SigActionSize];
        FailedCall.ThrowIfNegative(Libc.sigaction(Signals.Child, null, action), "sigaction");
        if (BinaryPrimitives.ReadInt64LittleEndian(new ReadOnlySpan<byte>(action, 8)) == SignalLayout.Ignore)
        {
            new Span<byte>(action, SignalLayout.SigActionSize).Clear();
            FailedCall.ThrowIfNegative(Libc.sigaction(Signals.Child, action, null), "sigaction");
        }

        s_checked = true;
    }
}
