namespace Crisp.Linux;

/// <summary>Runs external programs (OCI runtime, CNI plugins) and collects their bounded output.</summary>
public sealed class ProgramRunner(EventLoop loop, TimeProvider? clock = null)
{
    /// <summary>
    /// How long output is read on after the end of the program: something it left behind may hold the pipe open.
    /// </summary>
    private static readonly TimeSpan s_drainTime = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>
    /// Runs it to its end. A cancellation or the timeout kills it (with its session, if it got one), reaps it and then
    /// throws <see cref="OperationCanceledException"/> or <see cref="TimeoutException"/>. A program that cannot be
    /// started is a <see cref="SyscallException"/>.
    /// </summary>
    public async Task<ProgramResult> RunAsync(ProgramRun run, CancellationToken cancellationToken)
    {
        using var streams = ProgramStreams.Create(run);
        using IDisposable? expectation = run.Successor is null ? null : OwnedChildren.Expect();
        using var child = ChildProcess.Start(streams.AttachTo(run.Spawn));
        streams.CloseChildEnds();

        using var timeout = new CancellationTokenSource(run.Timeout ?? Timeout.InfiniteTimeSpan, _clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var draining = new CancellationTokenSource();
        var transfer = streams.TransferAsync(loop, draining.Token);
        var exit = await EndsAsync(child, run.Spawn.NewSession, ending.Token).ConfigureAwait(false);
        if (exit is { Succeeded: true } && run.Successor?.Invoke() is { } pid)
        {
            using var successor = ChildProcess.Adopt(pid, run.Spawn.OomScoreAdj);
            expectation!.Dispose();
            exit = await EndsAsync(successor, killSession: false, ending.Token).ConfigureAwait(false);
        }

        draining.CancelAfter(exit is null ? TimeSpan.Zero : s_drainTime);
        await transfer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        expectation?.Dispose();
        OwnedChildren.ReapOrphans();

        cancellationToken.ThrowIfCancellationRequested();
        return exit is { } status
            ? streams.Result(status)
            : throw new TimeoutException(
                $"{run.Spawn.Program} did not end within {run.Timeout!.Value.TotalSeconds:0.###} s and was killed");
    }

    /// <summary>Waits for its end and reaps it; null when it had to be killed.</summary>
    private async Task<ExitStatus?> EndsAsync(ChildProcess child, bool killSession, CancellationToken cancellationToken)
    {
        try
        {
            await loop.WaitReadableAsync(child.PidFd, cancellationToken).ConfigureAwait(false);
            return child.TryReap();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Not reaped yet, so its pid, and with it the group's number, is still its own.
            if (killSession)
                ProcessGroups.Signal(child.Id, Signals.Kill);
            child.Signal(Signals.Kill);
            await loop.WaitReadableAsync(child.PidFd, CancellationToken.None).ConfigureAwait(false);
            child.TryReap();
            return null;
        }
    }
}
