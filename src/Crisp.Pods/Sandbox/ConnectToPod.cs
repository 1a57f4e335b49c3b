using System.Net;
using System.Net.Sockets;
using Crisp.Errors;
using Crisp.Linux;
using Crisp.Pods.Records;

namespace Crisp.Pods.Sandbox;

/// <summary>
/// PortForward's connections: TCP to the pod's localhost. A socket belongs to the network namespace that it was made
/// in, so that only its making needs a thread in there.
/// </summary>
internal sealed class ConnectToPod(NodeState node)
{
    /// <summary>Localhost answers at once, or its queue is full.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private static readonly IPAddress[] s_localhost = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    internal async Task<Socket> ConnectAsync(string idOrPrefix, ushort port, CancellationToken cancellation)
    {
        var pod = node.Pods.Get(idOrPrefix);
        if (pod.Record.Stage != PodStage.Ready)
            throw new CrispException(ErrorKind.FailedPrecondition,
                $"pod sandbox {pod.Id} is not ready, so nothing in it can be connected to");
        SocketException? refusal = null;
        foreach (var address in s_localhost)
        {
            try
            {
                return await ConnectAsync(pod, new IPEndPoint(address, port), cancellation).ConfigureAwait(false);
            }
            catch (SocketException e)
            {
                refusal ??= e; // what IPv4 says: many pods have no IPv6
            }
        }

        throw new CrispException(
            ErrorKind.FailedPrecondition, $"port {port} of pod sandbox {pod.Id} on its localhost: {Reason(refusal!)}",
            refusal); // there are two addresses
    }

    private async Task<Socket> ConnectAsync(Pod pod, IPEndPoint endPoint, CancellationToken cancellation)
    {
        var socket = pod.Record.NetNs is { } netns
            ? await NamespaceThread.InNetworkNamespaceAsync(netns, () => Open(endPoint)).ConfigureAwait(false)
            : Open(endPoint);
        try
        {
            using var patience = new CancellationTokenSource(s_patience, node.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
            await socket.ConnectAsync(endPoint, either.Token).ConfigureAwait(false);
            socket.NoDelay = true;
            return socket;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket Open(IPEndPoint endPoint) => new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

    private static string Reason(SocketException refusal) =>
        refusal.SocketErrorCode == SocketError.ConnectionRefused
            ? "connection refused, nobody listens there"
            : refusal.Message;
}
