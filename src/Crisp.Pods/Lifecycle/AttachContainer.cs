using Crisp.Errors;
using Crisp.Linux;
using Crisp.MonitorProtocol;

namespace Crisp.Pods.Lifecycle;

/// <summary>Attach: a running container's streams, by way of its monitor.</summary>
internal sealed class AttachContainer(NodeState node, EventLoop loop)
{
    internal async Task<IAttachedContainer> AttachAsync(
        string idOrPrefix, AttachStreams wanted, CancellationToken patience)
    {
        var container = node.Containers.Get(idOrPrefix);
        if (container.Snapshot.Phase != ContainerPhase.Running)
            throw NotAttachable(container, "it is not running");
        if (container.Monitor is not { } monitor)
            throw NotAttachable(container, "its monitor is gone");
        var possible = wanted with { Stdin = wanted.Stdin && container.Config.Stdin };
        try
        {
            return new AttachedContainer(
                await monitor.AttachAsync(possible, patience).ConfigureAwait(false), possible, loop);
        }
        catch (MonitorLostException)
        {
            throw NotAttachable(container, "its monitor is gone");
        }
        catch (SyscallException error) when (error.Errno == Errno.ESRCH)
        {
            throw NotAttachable(container, "it is not running");
        }
        catch (SyscallException error) when (error.Errno == Errno.EUSERS)
        {
            throw NotAttachable(
                container, "as many clients are attached to it as may be at once; end one of them first",
                ErrorKind.ResourceExhausted);
        }
        catch (SyscallException error) when (error.Errno == Errno.ENOSYS)
        {
            throw NotAttachable(container,
                "its monitor was started by an older version of crisp; a restarted container can be attached to");
        }
    }

    private static CrispException NotAttachable(
        Container container, string why, ErrorKind kind = ErrorKind.FailedPrecondition) =>
        new(kind, $"container {container.Id} cannot be attached to: {why}");
}
