namespace Crisp.Cri.Generations.Legacy;

/// <summary>What an administrator may say about clients of the first API.</summary>
public sealed record LegacyOptions
{
    /// <summary>
    /// How a message is read that could be of several layouts; null: as the same client's others, else as 1.5's.
    /// </summary>
    public LegacyLayout? Layout { get; init; }

    /// <summary>Where the profiles lie that pod annotations name relative to the node's seccomp directory.</summary>
    public string SeccompRoot { get; init; } = "/var/lib/kubelet/seccomp";

    /// <summary>Pods need slices as parents, which these clients do not know of.</summary>
    public bool SystemdCgroups { get; init; }
}
