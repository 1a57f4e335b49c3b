using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Crisp.Errors;
using Crisp.Pods.Sandbox;

namespace Crisp.Pods.Events;

/// <summary>
/// Hands every event to every listener's own bounded queue, in the order in which they happened, and waits for nobody:
/// a listener whose queue is full is cut off. Without listeners an event costs nothing.
/// </summary>
internal sealed class ContainerEvents(TimeProvider time) : IContainerEvents
{
    /// <summary>Events that one listener may be behind; cri-o's bound for all together.</summary>
    internal const int MostWaiting = 1000;

    private readonly Lock _gate = new();
    private ImmutableArray<Channel<ContainerEvent>> _listeners = [];
    private long _lastNanos;

    public IAsyncEnumerable<ContainerEvent> Listen(CancellationToken listening)
    {
        var queue = Channel.CreateBounded<ContainerEvent>(
            new BoundedChannelOptions(MostWaiting) { SingleReader = true, AllowSynchronousContinuations = false });
        ImmutableInterlocked.Update(ref _listeners, static (all, queue) => all.Add(queue), queue);
        return ReadAsync(queue, listening);
    }

    /// <param name="kind">What happened.</param>
    /// <param name="id">To which container or pod.</param>
    /// <param name="pod">The pod that it belongs to, or that it is.</param>
    /// <param name="containers">Gives the pod's containers; called only if somebody listens.</param>
    internal void Publish(
        ContainerEventKind kind, string id, Pod pod, Func<IReadOnlyList<ContainerSnapshot>> containers)
    {
        if (_listeners.IsEmpty)
            return;
        lock (_gate)
        {
            _lastNanos = Math.Max(_lastNanos, Nanoseconds.Of(time.GetUtcNow()));
            var happened = new ContainerEvent
            {
                Id = id,
                Kind = kind,
                TimestampNanos = _lastNanos,
                Pod = pod.Snapshot,
                Containers = containers(),
            };
            foreach (var queue in _listeners)
            {
                if (!queue.Writer.TryWrite(happened))
                    CutOff(queue);
            }
        }
    }

    private async IAsyncEnumerable<ContainerEvent> ReadAsync(
        Channel<ContainerEvent> queue, [EnumeratorCancellation] CancellationToken listening)
    {
        try
        {
            await foreach (var happened in queue.Reader.ReadAllAsync(listening).ConfigureAwait(false))
                yield return happened;
        }
        finally
        {
            Forget(queue);
        }
    }

    private void CutOff(Channel<ContainerEvent> queue)
    {
        Forget(queue);
        queue.Writer.TryComplete(new CrispException(
            ErrorKind.ResourceExhausted,
            $"the listener is more than {MostWaiting} events behind; list the containers and listen anew"));
    }

    private void Forget(Channel<ContainerEvent> queue) =>
        ImmutableInterlocked.Update(ref _listeners, static (all, queue) => all.Remove(queue), queue);
}
