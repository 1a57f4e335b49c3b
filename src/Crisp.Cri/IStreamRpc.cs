namespace Crisp.Cri;

/// <summary>
/// An RPC of CRI that answers with a stream of messages; otherwise as <see cref="IRpc{TRequest, TResponse}"/>.
/// </summary>
internal interface IStreamRpc<in TRequest, out TResponse>
{
    /// <param name="request">As it came: nothing in it has been looked at yet.</param>
    /// <param name="listening">Ends with the caller, its deadline, or the server.</param>
    IAsyncEnumerable<TResponse> HandleAsync(TRequest request, CancellationToken listening);
}
