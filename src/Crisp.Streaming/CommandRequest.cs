namespace Crisp.Streaming;

/// <summary>A request that is about the streams of a process in a container.</summary>
public abstract record CommandRequest : StreamRequest
{
    private protected CommandRequest()
    {
    }

    public required string ContainerId { get; init; }

    /// <summary>The process has a terminal: stderr comes as stdout, and the client tells sizes.</summary>
    public bool Tty { get; init; }

    public bool Stdin { get; init; }

    public bool Stdout { get; init; }

    public bool Stderr { get; init; }
}
