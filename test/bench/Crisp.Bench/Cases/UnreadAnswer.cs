using Crisp.Bench.Peers;
using Google.Protobuf;
using Grpc.Core;

namespace Crisp.Bench.Cases;

/// <summary>
/// A call of the RuntimeService whose answer is taken as bytes. To make objects of a list of hundreds takes our client
/// longer than it takes a runtime to send it, and the same for every peer; so that is not timed.
/// </summary>
public static class UnreadAnswer
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(
        (message, context) => context.Complete(message), context => context.PayloadAsNewBuffer());

    public static async Task<byte[]> ToAsync(Peer peer, string method, IMessage request) =>
        await peer.Calls.AsyncUnaryCall(
            new Method<byte[], byte[]>(MethodType.Unary, "runtime.v1.RuntimeService", method, Bytes, Bytes),
            null,
            default,
            request.ToByteArray());
}
