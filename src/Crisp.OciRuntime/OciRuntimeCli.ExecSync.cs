using System.Text.Json;
using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.OciRuntime;

public sealed partial class OciRuntimeCli
{
    /// <summary>
    /// Runs a command in a running container and collects its output. When the time is up or the caller goes away, the
    /// command, its descendants and its session are killed and gone before this answers. A command that cannot be
    /// executed answers with the runtime's exit code, and its message on stderr, as on the runtime's own command line.
    /// </summary>
    /// <param name="id">The container.</param>
    /// <param name="process">With numeric IDs; its arguments are the command.</param>
    /// <param name="timeout">Null: none.</param>
    /// <param name="cancellationToken">Kills the command.</param>
    public async Task<ExecResult> ExecSyncAsync(
        string id, Oci.Process process, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        using var files = CallFiles.Create(Options.CallDirectory);
        WriteProcess(files.Input, process);
        using FileDescriptor noInput = EmptyInput();
        var run = new ProgramRun
        {
            // crun 1.8.1 does not set the score of an exec'd process, which would then have the daemon's own.
            Spawn = Spawn(ExecArguments(id, files.Input, files.Pid, files.Log)) with
            {
                Stdin = noInput,
                OomScoreAdj = process.OomScoreAdj,
            },
            MaxOutputBytes = ExecOutput.MostBytes,
            Successor = files.ReadPid,
        };
        ProgramResult result = await RunBoundedAsync(id, run, files, timeout, cancellationToken).ConfigureAwait(false);
        string? error = result.Exit.Succeeded ? null : RuntimeLog.LastError(files.Log);
        if (error is not null && !await CanExecuteAsync(id, cancellationToken).ConfigureAwait(false))
            throw new RuntimeFailedException(Options.Name, "exec", id, error);
        return ExecOutput.Fit(result, error);
    }

    /// <summary>
    /// A pipe that has ended. Never /dev/null: crun 1.8.1 gives the streams of an exec to the container's user, and
    /// with that the host's /dev/null.
    /// </summary>
    private static FileDescriptor EmptyInput()
    {
        (FileDescriptor read, FileDescriptor write) = Pipes.Create();
        write.Dispose();
        return read;
    }

    private static void WriteProcess(string path, Oci.Process process)
    {
        using FileStream file = File.Create(path);
        JsonSerializer.Serialize(file, process, Oci.RuntimeSpecJson.Default.Process);
    }

    private async Task<ProgramResult> RunBoundedAsync(
        string id, ProgramRun run, CallFiles files, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        using var giveUp = new CancellationTokenSource();
        Task<ProgramResult> exec = runner.RunAsync(run, giveUp.Token);
        try
        {
            return await exec.WaitAsync(timeout ?? Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
        catch (SyscallException e)
        {
            throw new RuntimeFailedException(
                Options.Name, "exec", id, $"{Options.Path} cannot be started: {e.Message}", e);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !exec.IsCompleted)
        {
            await ExecKill.EndAsync(exec, files, loop, giveUp).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw new CrispException(ErrorKind.DeadlineExceeded,
                // only a timeout ends it otherwise
                $"command in container \"{id}\" timed out: it did not end within "
                + $"{timeout!.Value.TotalSeconds:0.###} s and was killed");
        }
    }

    /// <summary>Whether a failure was the command's own, not the container's.</summary>
    private async Task<bool> CanExecuteAsync(string id, CancellationToken cancellationToken) =>
        await StateAsync(id, cancellationToken).ConfigureAwait(false)
            is { Status: RuntimeStatus.Running or RuntimeStatus.Created };
}
