using Crisp.Linux;

namespace Crisp.OciRuntime;

public sealed partial class OciRuntimeCli
{
    /// <summary>
    /// Runs a command in a running container with a client's streams, and gives its exit code when its output is
    /// written. A command that cannot be executed gives the runtime's exit code, and the runtime's words on stderr.
    /// <para>
    /// A client that vanishes kills nothing, as with cri-o: the command's input ends, its output breaks, a terminal
    /// hangs up. It runs on if it does not mind, and is reaped when it ends.
    /// </para>
    /// </summary>
    /// <param name="id">The container.</param>
    /// <param name="process">With numeric IDs; its arguments are the command, and it says whether there is a
    /// terminal.</param>
    /// <param name="streams">The client's.</param>
    /// <param name="vanished">The client is gone.</param>
    public async Task<int> ExecAsync(string id, Oci.Process process, ExecStreams streams, CancellationToken vanished)
    {
        using var files = CallFiles.Create(Options.CallDirectory);
        WriteProcess(files.Input, process);
        using ConsoleSocket? console = process.Terminal == true ? ConsoleSocket.Listen(files.Console) : null;
        using var pipes = new ExecPipes(loop, hasInput: streams.Stdin is not null && console is null);
        using var transfer = new ExecTransfer(vanished);
        using IDisposable expectation = OwnedChildren.Expect();
        using ChildProcess runtime = StartExec(
            id, files, pipes, process.OomScoreAdj, console is null ? null : files.Console);

        Task copies = CopyPipes(streams, pipes, transfer, console is not null);
        ExitStatus exit = await EndOfRuntimeAsync(runtime).ConfigureAwait(false);
        if (!exit.Succeeded || files.ReadPid() is not { } pid)
        {
            await transfer.ExitedAsync().ConfigureAwait(false);
            await copies.ConfigureAwait(false);
            expectation.Dispose();
            OwnedChildren.ReapOrphans(); // what it left in the container's PID namespace would keep that from ending
            return await FailedExecAsync(id, files, exit).ConfigureAwait(false);
        }

        ChildProcess command = ChildProcess.Adopt(pid, process.OomScoreAdj);
        expectation.Dispose();
        using FileDescriptor? terminal = console?.TryReceive();
        if (terminal is not null)
            copies = Task.WhenAll(copies, CopyTerminal(streams, terminal, transfer));
        return await EndOfCommandAsync(command, copies, transfer, vanished).ConfigureAwait(false);
    }

    private ChildProcess StartExec(string id, CallFiles files, ExecPipes pipes, int? oomScoreAdj, string? console)
    {
        try
        {
            return ChildProcess.Start(
                pipes.AttachTo(Spawn(ExecArguments(id, files.Input, files.Pid, files.Log, console)) with
                {
                    OomScoreAdj = oomScoreAdj,
                }));
        }
        catch (SyscallException e)
        {
            throw new RuntimeFailedException(
                Options.Name, "exec", id, $"{Options.Path} cannot be started: {e.Message}", e);
        }
        finally
        {
            pipes.CloseChildEnds();
        }
    }

    /// <summary>
    /// With a terminal only the runtime's own words come by the pipes; they are shown where the client looks.
    /// </summary>
    private static Task CopyPipes(ExecStreams streams, ExecPipes pipes, ExecTransfer transfer, bool hasTerminal) =>
        Task.WhenAll(
            transfer.OutputAsync(pipes.Stdout, streams.Stdout),
            transfer.OutputAsync(pipes.Stderr, hasTerminal ? streams.Stdout : streams.Stderr),
            streams.Stdin is { } input
                && !hasTerminal ? transfer.InputAsync(input, pipes.Stdin, endsWithClient: true) : Task.CompletedTask);

    private Task CopyTerminal(ExecStreams streams, FileDescriptor terminal, ExecTransfer transfer)
    {
        Terminals.TranslateNewLines(terminal);
        var stream = new DescriptorStream(terminal, loop);
        return Task.WhenAll(
            transfer.OutputAsync(stream, streams.Stdout),
            streams.Stdin is { } input ? transfer.InputAsync(input, stream, endsWithClient: false) : Task.CompletedTask,
            streams.Sizes is { } sizes ? transfer.SizesAsync(sizes, terminal) : Task.CompletedTask);
    }

    /// <summary>The runtime itself is quick, or is ended.</summary>
    private async Task<ExitStatus> EndOfRuntimeAsync(ChildProcess runtime)
    {
        using var patience = new CancellationTokenSource(Options.Timeout);
        try
        {
            await loop.WaitReadableAsync(runtime.PidFd, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            ProcessGroups.Signal(runtime.Id, Signals.Kill);
            await loop.WaitReadableAsync(runtime.PidFd, CancellationToken.None).ConfigureAwait(false);
        }

        return runtime.TryReap()!.Value; // its pidfd is readable
    }

    private async Task<int> EndOfCommandAsync(
        ChildProcess command, Task copies, ExecTransfer transfer, CancellationToken vanished)
    {
        try
        {
            await loop.WaitReadableAsync(command.PidFd, vanished).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = ReapAsync(command);
            await copies.ConfigureAwait(false);
            throw;
        }

        ExitStatus exit = command.TryReap()!.Value; // its pidfd is readable
        command.Dispose();
        await transfer.ExitedAsync().ConfigureAwait(false);
        await copies.ConfigureAwait(false);
        OwnedChildren.ReapOrphans();
        vanished.ThrowIfCancellationRequested();
        return exit.ToShellCode();
    }

    /// <summary>Nobody asks for its end any more, but it is our child.</summary>
    private async Task ReapAsync(ChildProcess command)
    {
        await loop.WaitReadableAsync(
            command.PidFd, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        command.Dispose();
        OwnedChildren.ReapOrphans();
    }

    private async Task<int> FailedExecAsync(string id, CallFiles files, ExitStatus exit)
    {
        string message = RuntimeLog.LastError(files.Log) ?? $"it gave no reason ({exit})";
        if (exit.Succeeded || !await CanExecuteAsync(id, CancellationToken.None).ConfigureAwait(false))
            throw new RuntimeFailedException(Options.Name, "exec", id, message);
        return exit.ToShellCode();
    }
}
