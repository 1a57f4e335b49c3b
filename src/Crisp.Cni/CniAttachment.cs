using Crisp.Cni.Capabilities;
using Crisp.Cni.Configuration;
using Crisp.Cni.Results;

namespace Crisp.Cni;

/// <summary>
/// One interface of one pod: all that ADD is called with and DEL needs, whatever the node's configuration has become
/// since. The caller stores <see cref="Serialize"/> before ADD, so that a killed daemon still knows what to undo,
/// and again afterwards, with the result.
/// </summary>
public sealed record CniAttachment
{
    /// <summary>CNI_CONTAINERID: the sandbox.</summary>
    public required string ContainerId { get; init; }

    /// <summary>CNI_NETNS; empty for a DEL after the namespace is gone, as after a reboot.</summary>
    public required string NetNsPath { get; init; }

    /// <summary>CNI_IFNAME: the interface inside the pod.</summary>
    public string InterfaceName { get; init; } = "eth0";

    /// <summary>The configuration this attachment was, or is to be, made with.</summary>
    public required NetworkConfigurationList Network { get; init; }

    /// <summary>CNI_ARGS, see <see cref="PodArguments"/>.</summary>
    public IReadOnlyDictionary<string, string> Args { get; init; } = new Dictionary<string, string>();

    /// <summary>Each plugin gets those of them that its configuration declares.</summary>
    public CapabilityArguments CapabilityArguments { get; init; } = CapabilityArguments.None;

    /// <summary>What ADD answered; null before, and when it failed.</summary>
    public CniResult? Result { get; init; }

    public byte[] Serialize() => AttachmentFile.Write(this);

    /// <exception cref="Errors.CrispException">DataLoss: damaged, or written by a newer crisp.</exception>
    public static CniAttachment Deserialize(ReadOnlySpan<byte> content) => AttachmentFile.Read(content);
}
