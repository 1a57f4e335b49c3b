namespace Crisp.Testing.Spdy;

/// <summary>
/// An exec or attach as kubectl asks for it: which streams, and which versions of the protocol it speaks.
/// </summary>
public sealed record RemoteCommandRequest(Uri Url)
{
    /// <summary>kubectl's order.</summary>
    public static IReadOnlyList<string> AllProtocols { get; } =
        ["v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io"];

    public IReadOnlyList<string> Protocols { get; init; } = AllProtocols;

    public bool Stdin { get; init; }

    public bool Stdout { get; init; } = true;

    public bool Stderr { get; init; } = true;

    public bool Tty { get; init; }

    public SpdyTemper Temper { get; init; } = SpdyTemper.ClientGo;
}
