namespace Crisp.Pods;

/// <summary>The numbers behind the user that a container was asked to run as.</summary>
public sealed record ContainerUserStatus(long Uid, long Gid, IReadOnlyList<long> SupplementalGroups);
