namespace Crisp.Images;

/// <summary>The user namespace that a container's files are seen from.</summary>
/// <param name="NamespaceFile">A file that is the namespace: /proc/PID/ns/user, or a pin of it.</param>
/// <param name="HostUid">The node's ID for one inside.</param>
/// <param name="HostGid">The node's ID for one inside.</param>
public sealed record SnapshotUsers(string NamespaceFile, Func<uint, uint> HostUid, Func<uint, uint> HostGid);
