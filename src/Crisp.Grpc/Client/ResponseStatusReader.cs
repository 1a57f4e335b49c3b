using System.Globalization;
using System.Net.Http.Headers;
using Crisp.Grpc.Wire;
using Grpc.Core;

namespace Crisp.Grpc.Client;

/// <summary>What a response's headers and trailers say.</summary>
internal static class ResponseStatusReader
{
    /// <summary>An answer that is not gRPC's becomes the status that the protocol assigns to its HTTP code.</summary>
    public static void RequireGrpc(HttpResponseMessage response)
    {
        if ((int)response.StatusCode != 200)
        {
            throw new RpcException(TransportFailure.StatusOfHttp((int)response.StatusCode));
        }

        var contentType = response.Content.Headers.ContentType?.ToString();
        if (!GrpcHeaders.IsGrpc(contentType))
        {
            throw new RpcException(new Status(
                StatusCode.Unknown,
                $"the response's content-type is {contentType ?? "missing"}, not {GrpcHeaders.ContentType}"));
        }
    }

    public static string? EncodingOf(HttpResponseMessage response)
    {
        var encoding = First(response.Headers, GrpcHeaders.Encoding);
        return encoding is null or GrpcHeaders.Identity or GrpcHeaders.Gzip
            ? encoding
            : throw new RpcException(new Status(
                StatusCode.Internal, $"the response's grpc-encoding {encoding} was not asked for"));
    }

    /// <summary>The status is in the trailers, or in the headers of a response without messages.</summary>
    public static Status Read(HttpResponseMessage response, Metadata trailers)
    {
        HttpHeaders fields = First(response.Headers, GrpcHeaders.Status) is null
            ? response.TrailingHeaders
            : response.Headers;
        foreach (var entry in MetadataOf(fields))
        {
            trailers.Add(entry);
        }

        var code = First(fields, GrpcHeaders.Status);
        if (code is null)
        {
            return new Status(StatusCode.Internal, "the response ended without a status");
        }

        var message = StatusMessage.Decode(First(fields, GrpcHeaders.Message) ?? "");
        return int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Enum.IsDefined((StatusCode)number)
            ? new Status((StatusCode)number, message)
            : new Status(StatusCode.Unknown, $"status {code}: {message}");
    }

    public static Metadata MetadataOf(HttpHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            foreach (var value in values)
            {
                MetadataFields.AddTo(metadata, name, value);
            }
        }

        return metadata;
    }

    private static string? First(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.First() : null;
}
