using System.Text.Json;
using Crisp.Cni.Capabilities;

namespace Crisp.Cni;

/// <summary>
/// cni.json of a pod, a JSON object:
/// <code>
/// schema               number  1; a reader refuses what is newer
/// containerId          string  CNI_CONTAINERID
/// netNsPath            string  CNI_NETNS
/// interfaceName        string  CNI_IFNAME
/// network              object  the configuration list used at ADD
/// args                 object  CNI_ARGS, key to value
/// capabilityArguments  object  as CapabilityArguments
/// result               object  the last plugin's answer, verbatim; absent before ADD succeeded
/// </code>
/// </summary>
internal sealed record AttachmentDocument
{
    internal const int CurrentSchema = 1;

    public required int Schema { get; init; }

    public required string ContainerId { get; init; }

    public required string NetNsPath { get; init; }

    public required string InterfaceName { get; init; }

    public required JsonElement Network { get; init; }

    public required IReadOnlyDictionary<string, string> Args { get; init; }

    public required CapabilityArguments CapabilityArguments { get; init; }

    public JsonElement? Result { get; init; }
}
