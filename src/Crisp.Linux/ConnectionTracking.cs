using System.Buffers.Binary;
using System.Net;
using Crisp.Linux.Abi;

namespace Crisp.Linux;

/// <summary>The flows that the kernel remembers, with the way that its rules led each of them once.</summary>
public static class ConnectionTracking
{
    /// <summary>
    /// Forgets the flows of datagrams (UDP) to one of these ports that were led to one of these addresses. A flow goes
    /// on the way of its first datagram as long as datagrams come, whatever has become of the rules.
    /// </summary>
    /// <exception cref="SyscallException">This kernel does not speak of its flows.</exception>
    public static void ForgetDatagrams(IReadOnlySet<int> ports, IReadOnlySet<IPAddress> ledTo)
    {
        using NetlinkSocket kernel = new();
        List<byte[]> flows = [];
        var ofAllFamilies = new byte[NetlinkConstants.NetfilterHeaderSize];
        var problem = kernel.Ask(NetlinkConstants.GetFlows, NetlinkConstants.NLM_F_DUMP, ofAllFamilies, flow =>
        {
            if (flow.Length > ofAllFamilies.Length && Matches(flow[ofAllFamilies.Length..], ports, ledTo))
                flows.Add(NameOf(flow));
        });
        foreach (var flow in problem == Errno.None ? flows : [])
        {
            problem = kernel.Ask(NetlinkConstants.DeleteFlow, NetlinkConstants.NLM_F_ACK, flow, answer: null);
            if (problem == Errno.ENOENT)
                problem = Errno.None; // it ended by itself
            if (problem != Errno.None)
                break;
        }

        if (problem != Errno.None)
            throw new SyscallException("nfnetlink_conntrack", problem);
    }

    private static bool Matches(ReadOnlySpan<byte> flow, IReadOnlySet<int> ports, IReadOnlySet<IPAddress> ledTo)
    {
        var protocol = NetlinkAttributes.Find(
            NetlinkAttributes.Find(flow, NetlinkConstants.CTA_TUPLE_ORIG), NetlinkConstants.CTA_TUPLE_PROTO);
        var kind = NetlinkAttributes.Find(protocol, NetlinkConstants.CTA_PROTO_NUM);
        var port = NetlinkAttributes.Find(protocol, NetlinkConstants.CTA_PROTO_DST_PORT);
        return kind is [NetlinkConstants.IPPROTO_UDP, ..]
            && port.Length >= sizeof(ushort) && ports.Contains(BinaryPrimitives.ReadUInt16BigEndian(port))
            && Answers(flow) is { } server && ledTo.Contains(server);
    }

    /// <summary>Where the flow's answers come from: the address that it was led to.</summary>
    private static IPAddress? Answers(ReadOnlySpan<byte> flow)
    {
        var addresses = NetlinkAttributes.Find(
            NetlinkAttributes.Find(flow, NetlinkConstants.CTA_TUPLE_REPLY), NetlinkConstants.CTA_TUPLE_IP);
        var source = NetlinkAttributes.Find(addresses, NetlinkConstants.CTA_IP_V4_SRC);
        if (source.IsEmpty)
            source = NetlinkAttributes.Find(addresses, NetlinkConstants.CTA_IP_V6_SRC);
        return source.Length is 4 or 16 ? new IPAddress(source) : null;
    }

    /// <summary>
    /// What the kernel wants to know to find it again; another flow of the same ports has another ID.
    /// </summary>
    private static byte[] NameOf(ReadOnlySpan<byte> flow)
    {
        var name = new byte[flow.Length + NetlinkConstants.AttributeHeaderSize]; // at most, with the padding
        var length = NetlinkConstants.NetfilterHeaderSize;
        flow[..length].CopyTo(name); // its address family
        foreach (var type in (ReadOnlySpan<ushort>)
            [NetlinkConstants.CTA_TUPLE_ORIG, NetlinkConstants.CTA_ID, NetlinkConstants.CTA_ZONE])
        {
            var attribute = NetlinkAttributes.FindWhole(flow[NetlinkConstants.NetfilterHeaderSize..], type);
            attribute.CopyTo(name.AsSpan(length));
            length += NetlinkAttributes.Padded(attribute.Length);
        }

        return name[..length];
    }
}
