namespace Crisp.Pods.Sandbox;

/// <summary>A pod's attachment to the node's network.</summary>
internal interface IPodNetwork
{
    /// <summary>Attaches the pod; gives back its addresses, the primary one first.</summary>
    Task<IReadOnlyList<string>> AttachAsync(Pod pod, CancellationToken cancellation);

    /// <summary>Takes back what an attach, finished or not, has left. Nothing left is success.</summary>
    Task DetachAsync(string podId, CancellationToken cancellation);
}
