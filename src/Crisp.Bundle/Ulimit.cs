namespace Crisp.Bundle;

/// <summary>
/// A default resource limit. The name is the configuration's ("nofile") or the kernel's ("RLIMIT_NOFILE").
/// </summary>
public sealed record Ulimit(string Name, ulong Soft, ulong Hard)
{
    /// <summary>No limit (RLIM_INFINITY).</summary>
    public const ulong Unlimited = ulong.MaxValue;
}
