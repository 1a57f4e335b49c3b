namespace Crisp.Streaming;

/// <summary>A command to run beside the container's own.</summary>
public sealed record ExecRequest : CommandRequest
{
    public required IReadOnlyList<string> Command { get; init; }

    internal override string Verb => "exec";
}
