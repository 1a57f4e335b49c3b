using System.Text.Json.Serialization;

namespace Crisp.Streaming.RemoteCommand;

/// <summary>JSON of the resize stream: names in capitals; any case is read, as Go's reader does.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(TerminalSize))]
public sealed partial class TerminalSizeJson : JsonSerializerContext;
