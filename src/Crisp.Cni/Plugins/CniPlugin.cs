using Crisp.Cni.Results;
using Crisp.Linux;

namespace Crisp.Cni.Plugins;

/// <summary>
/// The one place where plugins are run: in the host's mount namespace, in "/", as leaders of sessions of their own,
/// so that a plugin that is killed takes along what it started.
/// </summary>
internal sealed class CniPlugin(CniOptions options, ProgramRunner runner)
{
    internal PluginDirectories Directories { get; } = new(options.PluginDirectories);

    /// <exception cref="CniException">It failed, in whatever way.</exception>
    internal async Task<ProgramResult> RunAsync(PluginCall call, CancellationToken cancellationToken)
    {
        var program = Directories.Find(call.Plugin, out var problem) ?? throw PluginFailure.NotFound(call, problem);
        ProgramResult result;
        using var killing = new CancellationTokenSource();
        await using var cancellation = cancellationToken.UnsafeRegister(
            _ => killing.CancelAfter(options.CancellationGrace), null).ConfigureAwait(false);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            result = await runner.RunAsync(Run(program, call), killing.Token).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException($"CNI {call.Verb} was cancelled", e, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw PluginFailure.TimedOut(call, TimeoutOf(call), e);
        }
        catch (SyscallException e)
        {
            throw PluginFailure.NotStarted(call, e);
        }

        if (!result.Exit.Succeeded) throw PluginFailure.Ended(call, result);
        if (result.Truncated) throw PluginFailure.TooMuchOutput(call);
        return result;
    }

    /// <summary>A run that must answer with a result: ADD.</summary>
    internal async Task<CniResult> RunForResultAsync(PluginCall call, CancellationToken cancellationToken)
    {
        var ended = await RunAsync(call, cancellationToken).ConfigureAwait(false);
        try
        {
            return ResultParser.Parse(ended.Stdout);
        }
        catch (FormatException e)
        {
            throw PluginFailure.NoResult(call, ended, e.Message);
        }
    }

    private TimeSpan TimeoutOf(PluginCall call) =>
        call.Timeout is { } own && own < options.Timeout ? own : options.Timeout;

    private ProgramRun Run(string program, PluginCall call) => new()
    {
        Spawn = new SpawnRequest
        {
            Program = program,
            Arguments = [],
            Environment =
            [
                .. PluginEnvironment.Inherited,
                $"CNI_COMMAND={call.Verb}",
                $"CNI_PATH={Directories.SearchPath}",
                .. call.Environment,
            ],
            WorkingDirectory = "/",
            Inherited = call.InheritedLock is { } held ? [held] : [],
            NewSession = true,
        },
        Input = call.Configuration,
        MaxOutputBytes = CniLimits.OutputBytes,
        Timeout = TimeoutOf(call),
    };
}
