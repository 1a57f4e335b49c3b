using System.Net.Sockets;
using Crisp.Errors;
using Runtime.V1;

namespace Crisp.Pods;

/// <summary>
/// Pod sandboxes, as CRI asks for them. IDs may be given as a unique prefix. The token of a changing call is its
/// caller's patience: it ends the wait, never the work.
/// </summary>
public interface IPods
{
    Task<string> RunAsync(RunPodSandboxRequest request, CancellationToken patience);

    /// <summary>Stops the pod's containers, then its network. Unknown or stopped already is success.</summary>
    /// <param name="idOrPrefix">The pod.</param>
    /// <param name="longestGrace">What containers that still run get at most before SIGKILL; null: as
    /// configured.</param>
    /// <param name="patience">The caller's.</param>
    Task StopAsync(string idOrPrefix, TimeSpan? longestGrace, CancellationToken patience);

    /// <summary>Removes the pod and its containers by force. Unknown is success.</summary>
    Task RemoveAsync(string idOrPrefix, CancellationToken patience);

    /// <summary>
    /// A connection to a port of the pod's localhost, IPv4 or else IPv6, made in its network namespace.
    /// </summary>
    /// <exception cref="CrispException">FailedPrecondition: the pod is not ready, or nobody listens.</exception>
    Task<Socket> ConnectAsync(string idOrPrefix, ushort port, CancellationToken cancellation);

    /// <summary>
    /// Remembers what the pod's cgroup is about to get, which is kubelet's to write; null: as before. Values that no
    /// cgroup takes, and a pod that is not there, are refused.
    /// </summary>
    void UpdateResources(string idOrPrefix, LinuxContainerResources? overhead, LinuxContainerResources? resources);

    /// <summary>
    /// In memory; throws <see cref="ErrorKind.NotFound"/>, or InvalidArgument for an ambiguous prefix.
    /// </summary>
    PodSnapshot Get(string idOrPrefix);

    /// <summary>All pods that are made, in no particular order; in memory.</summary>
    IReadOnlyList<PodSnapshot> List();
}
