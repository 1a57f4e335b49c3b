using Crisp.Cri.Generations.Legacy.Wire;
using Crisp.Errors;
using Google.Protobuf;
using static Google.Protobuf.WireFormat.WireType;

namespace Crisp.Cri.Generations.Legacy;

/// <summary>
/// Tells layouts apart by what a field's number and wire type can mean in one of them only. Null: nothing in the
/// message says which it is. A message with signs of both kinds is refused, since one half of it would be misread.
/// </summary>
internal static class LayoutSigns
{
    /// <summary>
    /// 1.5 has privileged, readonly_rootfs and tty at 10, 11 and 15 where 1.6 has annotations, log_path and linux; and
    /// at 12 its log_path where 1.6 has stdin. Only 1.5 has a 16. kubelet always sends log_path and linux.
    /// </summary>
    public static LegacyLayout? OfContainer(ByteString config) =>
        Of(config, static wire => (wire.Field, wire.Type) switch
        {
            (10 or 11 or 15, Varint) or (12 or 16, LengthDelimited) => LegacyLayout.Kubernetes15,
            (10 or 11 or 15, LengthDelimited) or (12, Varint) => LegacyLayout.Kubernetes16,
            _ => null,
        });

    public static LegacyLayout? OfPod(ByteString config) => Of(config, static wire => (wire.Field, wire.Type) switch
    {
        (8, LengthDelimited) => Of(wire.Bytes(), static linux => (linux.Field, linux.Type) switch
        {
            (2, LengthDelimited) => Of(linux.Bytes(), OfNamespacesOrSecurity),
            (3, LengthDelimited) => LegacyLayout.Kubernetes17,
            _ => null,
        }),
        _ => null,
    });

    /// <summary>PodSandboxFilter and ContainerFilter alike: 1.6 put the state into a message of its own.</summary>
    public static LegacyLayout? OfFilter(ByteString filter) => Of(filter, static wire => (wire.Field, wire.Type) switch
    {
        (2, Varint) => LegacyLayout.Kubernetes15,
        (2, LengthDelimited) => LegacyLayout.Kubernetes16,
        _ => null,
    });

    public static LegacyLayout? Both(LegacyLayout? one, LegacyLayout? other)
    {
        if (one is null || other is null)
            return one ?? other;
        if ((one == LegacyLayout.Kubernetes15) != (other == LegacyLayout.Kubernetes15))
            throw new CrispException(
                ErrorKind.InvalidArgument, "the request mixes the layout of Kubernetes 1.5 with that of 1.6 and later");
        return one > other ? one : other;
    }

    /// <summary>LinuxPodSandboxConfig's 2: 1.5's three booleans, or 1.6's security context of messages first.</summary>
    private static LegacyLayout? OfNamespacesOrSecurity(WireReader wire) => (wire.Field, wire.Type) switch
    {
        ( <= 3, Varint) => LegacyLayout.Kubernetes15,
        _ => LegacyLayout.Kubernetes16,
    };

    private static LegacyLayout? Of(ByteString message, Func<WireReader, LegacyLayout?> sign)
    {
        LegacyLayout? found = null;
        for (var wire = new WireReader(message); wire.Next();)
            found = Both(found, sign(wire));
        return found;
    }
}
