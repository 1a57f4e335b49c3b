using Crisp.Linux;

namespace Crisp.OciRuntime;

public sealed partial class OciRuntimeCli
{
    /// <summary>
    /// `checkpoint`: has criu write the state of all processes to a directory; they stay as they are. What criu itself
    /// had to say is in dump.log of the work directory.
    /// </summary>
    /// <param name="id">The container, running or paused.</param>
    /// <param name="images">Gets criu's image files.</param>
    /// <param name="work">Gets criu's log and statistics.</param>
    /// <param name="criu">Absolute path of criu, which runtimes look for in PATH.</param>
    /// <param name="cancellationToken">Kills the call.</param>
    public async Task CheckpointAsync(
        string id, string images, string work, string criu, CancellationToken cancellationToken)
    {
        string[] verb =
            ["checkpoint", "--image-path",
                images, "--work-path", work, "--leave-running", "--tcp-established", "--file-locks", id];
        using var files = CallFiles.Create(Options.CallDirectory);
        var run = new ProgramRun { Spawn = Spawn(Arguments(files.Log, verb)) with { Environment = [PathTo(criu)] } };
        ProgramResult result = await runner.RunAsync(run, cancellationToken).ConfigureAwait(false);
        if (!result.Exit.Succeeded)
            throw Failure("checkpoint", id, files, result);
    }

    /// <summary>`restore`, in place of `create` and `start`: the processes run on when it returns.</summary>
    public RuntimeArguments RestoreArguments(
        string id, string bundle, string images, string work, string pidFile, string logFile,
        string? consoleSocket = null)
    {
        List<string> arguments = Arguments(logFile, "restore", "--detach", "--bundle", bundle, "--image-path", images,
            "--work-path", work, "--pid-file", pidFile, "--tcp-established", "--file-locks");
        if (Options.NoPivot)
            arguments.Add("--no-pivot");
        if (consoleSocket is not null)
            arguments.AddRange(["--console-socket", consoleSocket]);
        arguments.Add(id);
        return new RuntimeArguments(Options.Path, _executable.Current(), arguments);
    }

    /// <summary>
    /// Null when the runtime has the verb; otherwise what it said. Debian's crun is built without criu.
    /// </summary>
    public async Task<string?> WhyNoCheckpointAsync(CancellationToken cancellationToken)
    {
        var run = new ProgramRun { Spawn = Spawn(["checkpoint", "--help"]), Timeout = Options.Timeout };
        ProgramResult result = await runner.RunAsync(run, cancellationToken).ConfigureAwait(false);
        return result.Exit.Succeeded ? null : OnStderr(result);
    }

    /// <summary>The environment in which a runtime finds this criu and no other.</summary>
    public static string PathTo(string criu) =>
        $"PATH={Path.GetDirectoryName(criu)}:{SpawnRequest.DefaultPath["PATH=".Length..]}";
}
