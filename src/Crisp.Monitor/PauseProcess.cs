using Crisp.Linux;

namespace Crisp.Monitor;

/// <summary>
/// The first process of a PID namespace that a pod's containers share: reaps what they leave behind, and holds the
/// namespace until SIGTERM or SIGINT.
/// </summary>
internal static class PauseProcess
{
    private static readonly int[] s_signals = [Signals.Child, Signals.Terminate, Signals.Interrupt];

    internal static int Run(string[] arguments)
    {
        if (!SignalMask.Blocks(s_signals))
            throw SignalMask.ExecuteAgainBlocking(s_signals, arguments);

        ProcessAttributes.SetName("crisp-monitor"); // else it is named after the path it was executed by
        using var signals = SignalDescriptor.Open(s_signals);
        using var epoll = new Epoll();
        epoll.Add(signals, EpollEvents.Readable, token: 0);
        Span<EpollReady> ready = stackalloc EpollReady[1];
        while (true)
        {
            epoll.Wait(ready, timeoutMillis: -1);
            while (SignalDescriptor.TryRead(signals) is var signal and not 0)
            {
                if (signal != Signals.Child)
                    return 0;
            }

            while (ChildReaper.TryReapAny(out _, out _))
            {
            }
        }
    }
}
