namespace Crisp.OciSpec.Runtime;

/// <summary>The limit for one huge page size.</summary>
public sealed record HugepageLimit
{
    /// <summary>2MB, 1GB, …: the unit as in the cgroup file names.</summary>
    public required string PageSize { get; init; }

    /// <summary>Bytes.</summary>
    public required ulong Limit { get; init; }
}
