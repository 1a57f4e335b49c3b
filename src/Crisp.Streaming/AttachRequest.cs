namespace Crisp.Streaming;

/// <summary>The streams of the container's own process.</summary>
public sealed record AttachRequest : CommandRequest
{
    internal override string Verb => "attach";
}
