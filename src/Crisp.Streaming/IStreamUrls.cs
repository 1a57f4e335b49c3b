namespace Crisp.Streaming;

/// <summary>Gives out URLs for streaming requests.</summary>
public interface IStreamUrls
{
    /// <summary>A URL that is good once, and for a minute.</summary>
    /// <exception cref="Errors.CrispException">ResourceExhausted: too many are out.</exception>
    Uri UrlFor(StreamRequest request);
}
