using Crisp.Cri.Messages;
using Crisp.Pods.Events;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>Tells of containers and pods as they change, for as long as the client listens.</summary>
internal sealed class GetContainerEvents(IContainerEvents events, bool isEnabled)
    : IStreamRpc<GetEventsRequest, ContainerEventResponse>
{
    public IAsyncEnumerable<ContainerEventResponse> HandleAsync(
        GetEventsRequest request, CancellationToken listening) =>
        isEnabled ? Messages(events.Listen(listening)) : Array.Empty<ContainerEventResponse>().ToStream();

    private static async IAsyncEnumerable<ContainerEventResponse> Messages(IAsyncEnumerable<ContainerEvent> happening)
    {
        await foreach (var happened in happening)
            yield return EventMessages.Event(happened);
    }
}
