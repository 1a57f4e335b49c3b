using System.Net;
using Crisp.Grpc.Wire;
using Grpc.Core;

namespace Crisp.Grpc.Client;

/// <summary>Puts a call into an HTTP/2 request.</summary>
internal static class RequestFactory
{
    private const string UserAgent = "grpc-crisp/0.1";

    public static HttpRequestMessage Create<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        CallOptions callOptions,
        TRequest request,
        UnixSocketChannelOptions options,
        ClientCallLifetime lifetime)
    {
        var http = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://localhost{method.FullName}"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = RequestContent.From(request, method.RequestMarshaller, options),
        };
        var headers = http.Headers;
        headers.TryAddWithoutValidation("te", "trailers");
        headers.TryAddWithoutValidation("user-agent", UserAgent);
        headers.TryAddWithoutValidation(GrpcHeaders.AcceptEncoding, GrpcHeaders.AcceptedEncodings);
        if (options.CompressRequests)
        {
            headers.TryAddWithoutValidation(GrpcHeaders.Encoding, GrpcHeaders.Gzip);
        }

        if (lifetime.Remaining is { } remaining)
        {
            headers.TryAddWithoutValidation(GrpcHeaders.Timeout, GrpcTimeout.Format(remaining));
        }

        foreach (var entry in callOptions.Headers ?? Metadata.Empty)
        {
            headers.TryAddWithoutValidation(entry.Key, MetadataFields.ValueOf(entry));
        }

        return http;
    }
}
