using Crisp.Errors;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Crisp.Cri.Generations.Legacy;

/// <summary>
/// Offers v1's handlers under the first API's names: bytes in, v1's request, v1's answer, bytes out. The bytes
/// themselves are the messages here, so that the daemon holds no second set of classes.
/// </summary>
internal sealed class LegacyBinder(ServiceBinderBase server, string service, Callers callers, ILogger log)
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
                return write(await serve(Read(method, request, read), context), request.Layout);
            });

    /// <summary>A request that is read is logged by v1's handler; one that cannot be, here.</summary>
    private T Read<T>(string method, LegacyRequest request, Func<LegacyRequest, T> read)
    {
        try
        {
            return read(request);
        }
        catch (CrispException refusal)
        {
            throw Refused(method, refusal);
        }
        catch (InvalidProtocolBufferException damage)
        {
            throw Refused(
                method, new CrispException(ErrorKind.InvalidArgument, $"the request cannot be read: {damage.Message}"));
        }
    }

    private RpcException Refused(string method, CrispException refusal)
    {
        var status = RpcErrors.ToRpc(refusal, deadlinePassed: false);
        log.Failed(LogLevel.Warning, method, $" of {service}", status.StatusCode.ToString(), status.Status.Detail, 0);
        return status;
    }
}
