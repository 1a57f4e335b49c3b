using System.Text.Json;
using Crisp.Cni.Configuration;
using Crisp.Cni.Results;
using Crisp.Errors;

namespace Crisp.Cni;

/// <summary>
/// Turns an attachment into its stored form and back; the fields are listed at <see cref="AttachmentDocument"/>.
/// </summary>
internal static class AttachmentFile
{
    internal static byte[] Write(CniAttachment attachment)
    {
        using var network = JsonDocument.Parse(attachment.Network.Json);
        using var result = attachment.Result is { } made ? JsonDocument.Parse(made.Json) : null;
        return JsonSerializer.SerializeToUtf8Bytes(
            new AttachmentDocument
            {
                Schema = AttachmentDocument.CurrentSchema,
                ContainerId = attachment.ContainerId,
                NetNsPath = attachment.NetNsPath,
                InterfaceName = attachment.InterfaceName,
                Network = network.RootElement,
                Args = attachment.Args,
                CapabilityArguments = attachment.CapabilityArguments,
                Result = result?.RootElement,
            },
            CniJson.Default.AttachmentDocument);
    }

    internal static CniAttachment Read(ReadOnlySpan<byte> content)
    {
        try
        {
            var document = JsonSerializer.Deserialize(content, CniJson.Default.AttachmentDocument)
                ?? throw new FormatException("it is null");
            if (document.Schema > AttachmentDocument.CurrentSchema)
                throw new FormatException(
                    $"it has schema {document.Schema}, written by a newer crisp; this one knows up to "
                    + $"{AttachmentDocument.CurrentSchema}");
            return ToAttachment(document);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new CrispException(ErrorKind.DataLoss, $"the stored CNI attachment is not usable: {e.Message}", e);
        }
    }

    private static CniAttachment ToAttachment(AttachmentDocument document) => new()
    {
        ContainerId = document.ContainerId,
        NetNsPath = document.NetNsPath,
        InterfaceName = document.InterfaceName,
        Network = ConfigurationParser.ParseList(Bytes(document.Network)),
        Args = document.Args,
        CapabilityArguments = document.CapabilityArguments,
        Result = document.Result is { } result ? ResultParser.Parse(Bytes(result)) : null,
    };

    private static byte[] Bytes(JsonElement element) =>
        JsonSerializer.SerializeToUtf8Bytes(element, CniJson.Default.JsonElement);
}
