namespace Crisp.Streaming;

/// <summary>A connection into a pod; disposing closes it.</summary>
public interface IForwardedConnection : IAsyncDisposable
{
    Stream Stream { get; }

    /// <summary>Nothing more is sent; what comes is still read.</summary>
    void CloseWrite();
}
