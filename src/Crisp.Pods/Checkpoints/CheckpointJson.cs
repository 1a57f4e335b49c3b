using System.Text.Json.Serialization;

namespace Crisp.Pods.Checkpoints;

[JsonSerializable(typeof(ConfigDump))]
[JsonSerializable(typeof(PodDump))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
