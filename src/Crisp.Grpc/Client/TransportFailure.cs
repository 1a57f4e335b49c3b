using System.Net.Sockets;
using Grpc.Core;

namespace Crisp.Grpc.Client;

/// <summary>
/// What a failed transport means for a call (PROTOCOL-HTTP2.md and http-grpc-status-mapping.md of gRPC).
/// </summary>
internal static class TransportFailure
{
    private const long RefusedStream = 7;
    private const long Cancel = 8;
    private const long EnhanceYourCalm = 11;
    private const long InadequateSecurity = 12;

    public static Status StatusOf(Exception failure, string socketPath)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case RpcException rpc:
                    return rpc.Status;
                case HttpProtocolException protocol:
                    return new Status(CodeOf(protocol.ErrorCode), $"{socketPath}: {protocol.Message}", failure);
                case SocketException socket:
                    return new Status(StatusCode.Unavailable, $"{socketPath}: {socket.Message}", failure);
                default:
                    continue;
            }
        }

        return failure is HttpRequestException or IOException
            ? new Status(StatusCode.Unavailable, $"{socketPath}: {failure.Message}", failure)
            : new Status(StatusCode.Internal, failure.Message, failure);
    }

    public static Status StatusOfHttp(int httpStatus)
    {
        var code = httpStatus switch
        {
            400 => StatusCode.Internal,
            401 => StatusCode.Unauthenticated,
            403 => StatusCode.PermissionDenied,
            404 => StatusCode.Unimplemented,
            429 or 502 or 503 or 504 => StatusCode.Unavailable,
            _ => StatusCode.Unknown,
        };
        return new Status(code, $"the server answered with HTTP status {httpStatus}");
    }

    private static StatusCode CodeOf(long http2Error) => http2Error switch
    {
        RefusedStream => StatusCode.Unavailable,
        Cancel => StatusCode.Cancelled,
        EnhanceYourCalm => StatusCode.ResourceExhausted,
        InadequateSecurity => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };
}
