namespace Crisp.OciRuntime;

public sealed partial class OciRuntimeCli
{
    /// <summary>
    /// `create`, for the monitor to run: whoever runs it becomes the parent of what it leaves behind. With a console
    /// socket the runtime sends the terminal's other end there.
    /// </summary>
    public RuntimeArguments CreateArguments(
        string id, string bundle, string pidFile, string logFile, string? consoleSocket = null)
    {
        List<string> arguments = Arguments(logFile, "create", "--bundle", bundle, "--pid-file", pidFile);
        if (Options.NoPivot)
            arguments.Add("--no-pivot");
        if (consoleSocket is not null)
            arguments.AddRange(["--console-socket", consoleSocket]);
        arguments.Add(id);
        return new RuntimeArguments(Options.Path, _executable.Current(), arguments);
    }
}
