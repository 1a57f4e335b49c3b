namespace Crisp.Streaming.RemoteCommand;

/// <summary>The details of a <see cref="StatusMessage"/>.</summary>
public sealed record StatusDetails
{
    public IReadOnlyList<StatusCause>? Causes { get; init; }
}
