namespace Crisp.Streaming.RemoteCommand;

/// <summary>One cause of a failure; of an exit code the reason is ExitCode and the message the number.</summary>
public sealed record StatusCause(string? Reason, string? Message);
