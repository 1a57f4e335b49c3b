namespace Crisp.Daemon;

/// <summary>The daemon cannot start; the message is the one sentence for the administrator.</summary>
internal sealed class StartException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
