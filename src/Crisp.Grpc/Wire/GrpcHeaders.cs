namespace Crisp.Grpc.Wire;

/// <summary>Names and values of gRPC over HTTP/2 (PROTOCOL-HTTP2.md of the gRPC project).</summary>
internal static class GrpcHeaders
{
    public const string ContentType = "application/grpc";
    public const string Timeout = "grpc-timeout";
    public const string Encoding = "grpc-encoding";
    public const string AcceptEncoding = "grpc-accept-encoding";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Identity = "identity";
    public const string Gzip = "gzip";

    /// <summary>What this side can decompress.</summary>
    public const string AcceptedEncodings = "identity,gzip";

    /// <summary>`application/grpc`, alone, with the protobuf suffix, or with parameters.</summary>
    public static bool IsGrpc(string? contentType)
    {
        const StringComparison IgnoreCase = StringComparison.OrdinalIgnoreCase;
        if (contentType is null || !contentType.StartsWith(ContentType, IgnoreCase))
        {
            return false;
        }

        var rest = contentType.AsSpan(ContentType.Length);
        rest = rest.StartsWith("+proto", IgnoreCase) ? rest["+proto".Length..] : rest;
        return rest.IsEmpty || rest[0] == ';';
    }

    /// <summary>Whether a field belongs to the protocol and not to the caller's metadata.</summary>
    public static bool IsReserved(string name) =>
        name.StartsWith(':')
        || name.ToLowerInvariant() is Timeout or Encoding or AcceptEncoding or Status or Message
            or "te" or "content-type" or "content-length" or "host" or "date";
}
