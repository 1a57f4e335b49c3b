using System.Runtime.CompilerServices;
using Crisp.OciRuntime;
using Crisp.Pods;
using Crisp.Streaming;
using Crisp.Streaming.RemoteCommand;

namespace Crisp.Cri;

/// <summary>What streaming sessions lead to: the pods and containers of this node.</summary>
public sealed class StreamTargets(IPods pods, IContainers containers) : IStreamTargets
{
    public Task<int> ExecAsync(ExecRequest request, RemoteStreams streams, CancellationToken vanished) =>
        containers.ExecAsync(
            request.ContainerId, request.Command, request.Tty,
            new ExecStreams
            {
                Stdin = streams.Stdin,
                Stdout = streams.Stdout,
                Stderr = streams.Stderr,
                Sizes = Sizes(streams.Sizes)
            },
            vanished);

    public async Task AttachAsync(AttachRequest request, RemoteStreams streams, CancellationToken vanished)
    {
        await using var container = await containers.AttachAsync(
            request.ContainerId, new AttachStreams(request.Stdin, request.Stdout, request.Stderr), vanished);
        await new AttachedSession(container, streams).RunAsync(vanished);
    }

    public async Task<IForwardedConnection> ConnectAsync(string podId, ushort port, CancellationToken cancellation) =>
        new PodConnection(await pods.ConnectAsync(podId, port, cancellation));

    private static async IAsyncEnumerable<(ushort Columns, ushort Rows)> Each(
        IAsyncEnumerable<TerminalSize> sizes, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var size in sizes.WithCancellation(cancellation))
            yield return (size.Width, size.Height);
    }

    private static IAsyncEnumerable<(ushort Columns, ushort Rows)>? Sizes(IAsyncEnumerable<TerminalSize>? sizes) =>
        sizes is null ? null : Each(sizes);
}
