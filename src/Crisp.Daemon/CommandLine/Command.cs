namespace Crisp.Daemon.CommandLine;

internal enum Command
{
    Help,
    Serve,
    Config,
    Version,
    Status,
}
