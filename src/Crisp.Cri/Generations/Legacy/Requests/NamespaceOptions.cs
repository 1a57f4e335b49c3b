using Crisp.Cri.Generations.Legacy.Wire;
using Runtime.V1;
using static Google.Protobuf.WireFormat.WireType;

namespace Crisp.Cri.Generations.Legacy.Requests;

/// <summary>
/// The three booleans of every layout. They may never be passed through: true is 1 on the wire, and 1 is CONTAINER in
/// v1. What is not the node's was the pod's, except for processes, which each container had to itself.
/// </summary>
internal static class NamespaceOptions
{
    public static void Read(WireReader wire, NamespaceOption into)
    {
        while (wire.Next())
        {
            switch (wire.Field, wire.Type)
            {
                case (1, Varint): into.Network = Mode(wire.Boolean(), NamespaceMode.Pod); break;
                case (2, Varint): into.Pid = Mode(wire.Boolean(), NamespaceMode.Container); break;
                case (3, Varint): into.Ipc = Mode(wire.Boolean(), NamespaceMode.Pod); break;
            }
        }
    }

    /// <summary>What a pod has that says nothing.</summary>
    public static NamespaceOption Default => new() { Pid = NamespaceMode.Container };

    /// <summary>1.6 and later, parsed as v1: any number but 0 was true.</summary>
    public static NamespaceOption FromBooleans(NamespaceOption? parsed) => parsed is null ? Default : new()
    {
        Network = Mode(parsed.Network != 0, NamespaceMode.Pod),
        Pid = Mode(parsed.Pid != 0, NamespaceMode.Container),
        Ipc = Mode(parsed.Ipc != 0, NamespaceMode.Pod),
    };

    private static NamespaceMode Mode(bool isNode, NamespaceMode otherwise) => isNode ? NamespaceMode.Node : otherwise;
}
