using Crisp.Cri.Generations.Legacy.Wire;
using Crisp.Errors;
using Runtime.V1;
using static Google.Protobuf.WireFormat.WireType;

namespace Crisp.Cri.Generations.Legacy.Requests;

/// <summary>
/// 1.5's LinuxContainerConfig, which v1 split: resources stayed, and capabilities, SELinux options and the user went
/// into a security context that took the capabilities' number.
/// </summary>
internal static class LinuxContainers
{
    public static void Read(WireReader wire, LinuxContainerConfig into)
    {
        var security = into.SecurityContext ??= new LinuxContainerSecurityContext();
        while (wire.Next())
        {
            switch (wire.Field, wire.Type)
            {
                case (1, LengthDelimited): into.Resources = wire.Merge(into.Resources); break;
                case (2, LengthDelimited): security.Capabilities = wire.Merge(security.Capabilities); break;
                case (3, LengthDelimited): security.SelinuxOptions = wire.Merge(security.SelinuxOptions); break;
                case (4, LengthDelimited): ReadUser(wire.Message(), security); break;
            }
        }
    }

    /// <summary>
    /// A user without uid is the image's. Its group is then the image's too, so a gid alone contradicts itself.
    /// </summary>
    private static void ReadUser(WireReader wire, LinuxContainerSecurityContext into)
    {
        while (wire.Next())
        {
            switch (wire.Field, wire.Type)
            {
                case (1, Varint): into.RunAsUser = new Int64Value { Value = wire.Number() }; break;
                case (2, Varint): into.RunAsGroup = new Int64Value { Value = wire.Number() }; break;
                case (3, Varint or LengthDelimited): wire.Numbers(into.SupplementalGroups); break;
            }
        }
        if (into is { RunAsGroup: not null, RunAsUser: null })
            throw CrispException.InvalidArgument("config.linux.user.gid", "is given without uid");
    }
}
