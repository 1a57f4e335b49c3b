namespace Crisp.Daemon.CommandLine;

/// <summary>The command line makes no sense; the message says which word.</summary>
internal sealed class UsageException(string message) : Exception(message);
