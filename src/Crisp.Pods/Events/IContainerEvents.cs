using Crisp.Errors;

namespace Crisp.Pods.Events;

/// <summary>Tells of changes as they happen, to any number of listeners.</summary>
public interface IContainerEvents
{
    /// <summary>
    /// What happens from the call on, until the token ends it. A listener that falls too far behind is cut off with
    /// <see cref="ErrorKind.ResourceExhausted"/>; it lists the containers and listens anew.
    /// </summary>
    IAsyncEnumerable<ContainerEvent> Listen(CancellationToken listening);
}
