using Crisp.Bundle;

namespace Crisp.Pods.Lifecycle;

/// <summary>Whom a container's files belong to on the node's disks: its user's own, and those of its root.</summary>
internal readonly record struct NodeOwners((uint Uid, uint Gid) User, (uint Uid, uint Gid) Root)
{
    /// <param name="user">As the container knows it.</param>
    /// <param name="users">Of its pod; null where they are the node's.</param>
    internal static NodeOwners Of(ResolvedUser user, UserMappings? users) => users is null
        ? new NodeOwners((user.Uid, user.Gid), (0, 0))
        : new NodeOwners((users.HostUid(user.Uid), users.HostGid(user.Gid)), (users.HostUid(0), users.HostGid(0)));
}
