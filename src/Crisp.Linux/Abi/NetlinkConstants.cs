namespace Crisp.Linux.Abi;

/// <summary>
/// Messages of netlink(7), and those of its family that speaks of the flows which the kernel remembers
/// (linux/netfilter/nfnetlink_conntrack.h).
/// </summary>
internal static class NetlinkConstants
{
    internal const int AF_NETLINK = 16;
    internal const int NETLINK_NETFILTER = 12;

    /// <summary>struct nlmsghdr: length, type, flags, sequence number, port.</summary>
    internal const int HeaderSize = 16;
    internal const int TypeOffset = 4;
    internal const int FlagsOffset = 6;

    /// <summary>struct nfgenmsg, which follows: address family, version, resource.</summary>
    internal const int NetfilterHeaderSize = 4;

    /// <summary>struct nlattr: length, type; its content is padded to four bytes.</summary>
    internal const int AttributeHeaderSize = 4;
    internal const ushort NLA_TYPE_MASK = 0x3fff;

    internal const ushort NLM_F_REQUEST = 1;
    internal const ushort NLM_F_ACK = 4;
    internal const ushort NLM_F_DUMP = 0x300;
    internal const ushort NLMSG_ERROR = 2;
    internal const ushort NLMSG_DONE = 3;

    /// <summary>The subsystem NFNL_SUBSYS_CTNETLINK with each of its verbs.</summary>
    internal const ushort GetFlows = 0x101;
    internal const ushort DeleteFlow = 0x102;

    internal const ushort CTA_TUPLE_ORIG = 1;
    internal const ushort CTA_TUPLE_REPLY = 2;
    internal const ushort CTA_ID = 12;
    internal const ushort CTA_ZONE = 18;
    internal const ushort CTA_TUPLE_IP = 1;
    internal const ushort CTA_TUPLE_PROTO = 2;
    internal const ushort CTA_IP_V4_SRC = 1;
    internal const ushort CTA_IP_V6_SRC = 3;
    internal const ushort CTA_PROTO_NUM = 1;
    internal const ushort CTA_PROTO_DST_PORT = 3;

    internal const byte IPPROTO_UDP = 17;
}
