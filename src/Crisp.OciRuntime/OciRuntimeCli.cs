using System.Text;
using Crisp.Linux;

namespace Crisp.OciRuntime;

/// <summary>
/// The command line of runc and crun: every argv of ours is built here, one verb a file. Arguments go to the runtime as
/// a list, never through a shell; its errors come back in its own words.
/// </summary>
public sealed partial class OciRuntimeCli(OciRuntimeOptions options, ProgramRunner runner, EventLoop loop)
{
    private readonly RuntimeExecutable _executable = new(options.Path);

    public OciRuntimeOptions Options { get; } = options;

    private List<string> Arguments(string logFile, params ReadOnlySpan<string> verb)
    {
        List<string> arguments = ["--root", Options.Root, "--log", logFile, "--log-format", "json"];
        if (Options.SystemdCgroup)
            arguments.Add("--systemd-cgroup");
        arguments.AddRange(verb);
        return arguments;
    }

    private SpawnRequest Spawn(IReadOnlyList<string> arguments) => new()
    {
        Program = Options.Path,
        Executable = _executable.Current(),
        Arguments = arguments,
        NewSession = true,
    };

    /// <summary>Runs a verb to its end; its standard output, or the runtime's error as an exception.</summary>
    private async Task<byte[]> CallAsync(string id, CancellationToken cancellationToken, params string[] verb)
    {
        using var files = CallFiles.Create(Options.CallDirectory);
        ProgramResult result = await RunAsync(id, verb, files, cancellationToken).ConfigureAwait(false);
        return result.Exit.Succeeded ? result.Stdout : throw Failure(verb[0], id, files, result);
    }

    private async Task<ProgramResult> RunAsync(
        string id, string[] verb, CallFiles files, CancellationToken cancellationToken)
    {
        var run = new ProgramRun { Spawn = Spawn(Arguments(files.Log, verb)), Timeout = Options.Timeout };
        try
        {
            return await runner.RunAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new RuntimeFailedException(
                Options.Name, verb[0], id, $"it did not end within {Options.Timeout.TotalSeconds:0} s and was killed",
                e);
        }
        catch (SyscallException e)
        {
            throw new RuntimeFailedException(
                Options.Name, verb[0], id, $"{Options.Path} cannot be started: {e.Message}", e);
        }
    }

    private RuntimeFailedException Failure(string verb, string id, CallFiles files, ProgramResult result) =>
        new(Options.Name, verb, id, RuntimeLog.LastError(files.Log) ?? OnStderr(result));

    private static string OnStderr(ProgramResult result)
    {
        string text = Encoding.UTF8.GetString(result.Stderr).Trim();
        return text.Length > 0 ? text : $"it gave no reason ({result.Exit})";
    }

    /// <summary>Both runtimes keep a container's state in a directory of its ID; without it they know none.</summary>
    private bool IsKnown(string id) => Directory.Exists(Path.Combine(Options.Root, id));
}
