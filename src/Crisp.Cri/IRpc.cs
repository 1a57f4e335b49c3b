namespace Crisp.Cri;

/// <summary>One RPC of CRI: a class of its own in Rpc/, named as api.proto names it.</summary>
internal interface IRpc<in TRequest, TResponse>
{
    /// <param name="request">As it came: nothing in it has been looked at yet.</param>
    /// <param name="patience">Ends with the caller or its deadline. It bounds the waiting; a change goes on without
    /// its caller.</param>
    Task<TResponse> HandleAsync(TRequest request, CancellationToken patience);
}
