using Crisp.Errors;

namespace Crisp.Bundle;

/// <summary>Which of the node's IDs stand for 0, 1, 2… in a pod's user namespace.</summary>
public sealed record UserMappings(Oci.IdMapping Uids, Oci.IdMapping Gids)
{
    /// <summary>The kernel's own, for who is not mapped.</summary>
    private const uint Overflow = 65534;

    /// <summary>Null where the pod's users are the node's. The request has been validated.</summary>
    public static UserMappings? Of(Cri.PodSandboxConfig pod) =>
        pod.Linux?.SecurityContext?.NamespaceOptions?.UsernsOptions is { Mode: Cri.NamespaceMode.Pod } options
            ? new UserMappings(Mapping(options.Uids[0]), Mapping(options.Gids[0]))
            : null;

    public uint HostUid(uint uid) => Shift(Uids, uid);

    public uint HostGid(uint gid) => Shift(Gids, gid);

    /// <summary>A process cannot be somebody whom its namespace does not know.</summary>
    internal void Require(ResolvedUser user)
    {
        Require("run_as_user", user.Uid, Uids);
        foreach (var gid in user.AdditionalGids.Prepend(user.Gid))
            Require("run_as_group", gid, Gids);
    }

    private static void Require(string field, uint id, Oci.IdMapping mapping)
    {
        if (id >= mapping.Size)
            throw CrispException.InvalidArgument(
                field, $"{id} is not in the pod's user namespace, which has {mapping.Size} IDs");
    }

    private static uint Shift(Oci.IdMapping mapping, uint id) => id < mapping.Size ? mapping.HostId + id : Overflow;

    private static Oci.IdMapping Mapping(Cri.IDMapping mapping) =>
        new() { ContainerId = mapping.ContainerId, HostId = mapping.HostId, Size = mapping.Length };
}
