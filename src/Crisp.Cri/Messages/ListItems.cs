using System.Runtime.CompilerServices;
using Crisp.Pods;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Cri.Messages;

/// <summary>
/// The items of the lists that kubelet asks for every second. A snapshot never changes: its item is made once and
/// encoded once, and both are forgotten with it.
/// </summary>
internal static class ListItems
{
    /// <summary>
    /// The field number of the items in each list's response, as a test compares with the descriptors.
    /// </summary>
    internal const int FieldNumber = 1;

    private static readonly ConditionalWeakTable<ContainerSnapshot, Container> s_containers = [];
    private static readonly ConditionalWeakTable<PodSnapshot, PodSandbox> s_pods = [];
    private static readonly ConditionalWeakTable<IMessage, byte[]> s_encoded = [];

    public static Container Of(ContainerSnapshot container) => s_containers.GetValue(container, ContainerMessages.Item);

    public static PodSandbox Of(PodSnapshot pod) => s_pods.GetValue(pod, PodSandboxMessages.Item);

    /// <summary>An item as it stands in its list: field number, length, message.</summary>
    public static byte[] Encoded(IMessage item) => s_encoded.GetValue(item, Encode);

    private static byte[] Encode(IMessage item)
    {
        var tag = WireFormat.MakeTag(FieldNumber, WireFormat.WireType.LengthDelimited);
        var encoded = new byte[
            CodedOutputStream.ComputeTagSize(FieldNumber) + CodedOutputStream.ComputeMessageSize(item)];
        using var output = new CodedOutputStream(encoded);
        output.WriteTag(tag);
        output.WriteMessage(item);
        output.CheckNoSpaceLeft();
        return encoded;
    }
}
