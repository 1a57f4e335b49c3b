using System.Globalization;
using Crisp.Grpc.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Crisp.Grpc.Server;

/// <summary>
/// Ends a response: the status goes into its trailers, or into its only header block if nothing was sent.
/// </summary>
internal static class ResponseStatus
{
    /// <summary>
    /// Room for grpc-message after escaping, in bytes: clients refuse header lists beyond 16 KB (grpc-go) or 64 KB.
    /// </summary>
    private const int MaxMessageChars = 8 * 1024;

    public static void Write(HttpContext http, Status status, RunningCall call)
    {
        var response = http.Response;
        var fields = call.HasBody || response.HasStarted ? TrailersOf(response) : response.Headers;
        fields[GrpcHeaders.Status] = ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (!string.IsNullOrEmpty(status.Detail))
        {
            fields[GrpcHeaders.Message] = StatusMessage.Encode(Shorten(status.Detail));
        }

        Append(fields, call.Context?.ResponseTrailers);
        Append(fields, call.FailureTrailers);
    }

    private static void Append(IHeaderDictionary fields, Metadata? trailers)
    {
        foreach (var entry in trailers ?? Metadata.Empty)
        {
            fields.Append(entry.Key, MetadataFields.ValueOf(entry));
        }
    }

    private static IHeaderDictionary TrailersOf(HttpResponse response) =>
        response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers
        ?? throw new InvalidOperationException("gRPC needs HTTP/2 trailers");

    private static string Shorten(string detail) =>
        detail.Length <= MaxMessageChars ? detail : string.Concat(detail.AsSpan(0, MaxMessageChars), " …");
}
