namespace Crisp.Streaming;

/// <summary>What a URL is given out for.</summary>
public abstract record StreamRequest
{
    private protected StreamRequest()
    {
    }

    /// <summary>The first part of the URL's path.</summary>
    internal abstract string Verb { get; }
}
