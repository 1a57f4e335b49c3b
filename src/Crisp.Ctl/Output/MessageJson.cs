using System.Text.Json.Nodes;
using Google.Protobuf;

namespace Crisp.Ctl.Output;

/// <summary>
/// A message in protobuf's JSON: camelCase names, enums by name, default values written out, 64 bits as text.
/// </summary>
internal static class MessageJson
{
    private static readonly JsonFormatter s_formatter = new(
        JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    internal static JsonObject Of(IMessage message) =>
        JsonNode.Parse(s_formatter.Format(message)) as JsonObject ?? [];
}
