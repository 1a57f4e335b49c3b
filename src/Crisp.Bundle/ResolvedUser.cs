namespace Crisp.Bundle;

/// <summary>Who the container's process is: numbers for the kernel, and what ContainerStatus.user reports.</summary>
public sealed record ResolvedUser
{
    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    /// <summary>Supplementary groups. The primary group is always among them (CVE-2022-2995).</summary>
    public required IReadOnlyList<uint> AdditionalGids { get; init; }

    /// <summary>Home directory from the container's passwd file, where it has an entry.</summary>
    public string? Home { get; init; }

    /// <summary>Login name from the container's passwd file, where it has an entry.</summary>
    public string? Username { get; init; }
}
