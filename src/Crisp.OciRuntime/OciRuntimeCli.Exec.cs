namespace Crisp.OciRuntime;

public sealed partial class OciRuntimeCli
{
    /// <summary>
    /// `exec --detach`: the command gets our streams themselves and becomes our child, the daemon being a subreaper. In
    /// the foreground runc copies the streams, and waits for all who hold them: a command that leaves a daemon behind
    /// would never be answered. User and groups are numbers in the process file, never -u (CVE-2026-30892).
    /// </summary>
    private List<string> ExecArguments(
        string id, string processFile, string pidFile, string logFile, string? consoleSocket = null)
    {
        List<string> arguments = Arguments(
            logFile, "exec", "--detach", "--process", processFile, "--pid-file", pidFile);
        if (consoleSocket is not null)
            arguments.AddRange(["--console-socket", consoleSocket]);
        arguments.Add(id);
        return arguments;
    }
}
