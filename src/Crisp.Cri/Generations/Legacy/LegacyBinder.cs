using Crisp.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace Crisp.Cri.Generations.Legacy;

/// <summary>
/// Offers v1's handlers under the first API's names: bytes in, v1's request, v1's answer, bytes out. The bytes themselves
/// are the messages here, so that the daemon holds no second set of classes.
/// </summary>
internal sealed class LegacyBinder(ServiceBinderBase server, string service, Callers callers)
{
    private static readonly Marshaller<byte[]> s_bytes = Marshallers.Create<byte[]>(
        (message, context) => context.Complete(message), context => context.PayloadAsNewBuffer());

    public void Add<TRequest, TResponse>(
        string method,
        Func<LegacyRequest, TRequest> read,
        UnaryServerMethod<TRequest, TResponse> serve,
        Func<TResponse, LegacyLayout, byte[]> write)
        where TRequest : class
        where TResponse : class =>
        server.AddMethod<byte[], byte[]>(
            new Method<byte[], byte[]>(MethodType.Unary, service, method, s_bytes, s_bytes),
            async (bytes, context) =>
            {
                var request = new LegacyRequest(bytes, shown => callers.LayoutOf(context.Peer, shown));
                return write(await serve(Read(request, read), context), request.Layout);
            });

    private static T Read<T>(LegacyRequest request, Func<LegacyRequest, T> read)
    {
        try
        {
            return read(request);
        }
        catch (CrispException refusal)
        {
            throw RpcErrors.ToRpc(refusal, deadlinePassed: false);
        }
        catch (InvalidProtocolBufferException damage)
        {
            throw RpcErrors.ToRpc(
                new CrispException(ErrorKind.InvalidArgument, $"the request cannot be read: {damage.Message}"),
                deadlinePassed: false);
        }
    }
}
