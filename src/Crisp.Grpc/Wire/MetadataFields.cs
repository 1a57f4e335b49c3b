using Grpc.Core;

namespace Crisp.Grpc.Wire;

/// <summary>Metadata as header fields.</summary>
internal static class MetadataFields
{
    /// <summary>Adds a received field, unless its name is the protocol's own.</summary>
    public static void AddTo(Metadata metadata, string name, string value)
    {
        if (GrpcHeaders.IsReserved(name))
        {
            return;
        }

        if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            metadata.Add(name, value);
            return;
        }

        // Several binary values of one name may share a field, separated by commas.
        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
        {
            metadata.Add(name, BinaryMetadata.TryDecode(part, out var bytes)
                ? bytes
                : throw new RpcException(new Status(StatusCode.Internal, $"metadata {name} is not base64")));
        }
    }

    public static string ValueOf(Metadata.Entry entry) =>
        entry.IsBinary ? BinaryMetadata.Encode(entry.ValueBytes) : entry.Value;
}
