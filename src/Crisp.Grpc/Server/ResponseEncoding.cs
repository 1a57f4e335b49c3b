using Crisp.Grpc.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Crisp.Grpc.Server;

/// <summary>Agrees on compression: a request may be gzip, and is then answered in gzip, as grpc-go does.</summary>
internal static class ResponseEncoding
{
    /// <summary>
    /// The request's encoding; one that is unknown here is refused with the list of those that are not.
    /// </summary>
    public static string? OfRequest(HttpContext http)
    {
        var encoding = http.Request.Headers[GrpcHeaders.Encoding].ToString();
        switch (encoding)
        {
            case "" or GrpcHeaders.Identity:
                return null;
            case GrpcHeaders.Gzip:
                return GrpcHeaders.Gzip;
            default:
                http.Response.Headers[GrpcHeaders.AcceptEncoding] = GrpcHeaders.AcceptedEncodings;
                throw new RpcException(new Status(
                    StatusCode.Unimplemented,
                    $"grpc-encoding {encoding} is not supported; supported are {GrpcHeaders.AcceptedEncodings}"));
        }
    }

    /// <summary>Sets the response's header when it will be compressed.</summary>
    public static bool UseGzip(HttpContext http, string? requestEncoding)
    {
        if (requestEncoding is null || !Accepts(http.Request.Headers[GrpcHeaders.AcceptEncoding].ToString()))
        {
            return false;
        }

        http.Response.Headers[GrpcHeaders.Encoding] = GrpcHeaders.Gzip;
        return true;
    }

    private static bool Accepts(string acceptEncoding) =>
        acceptEncoding.Split(',', StringSplitOptions.TrimEntries).Contains(GrpcHeaders.Gzip);
}
