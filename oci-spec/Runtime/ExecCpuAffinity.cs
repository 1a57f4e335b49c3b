namespace Crisp.OciSpec.Runtime;

/// <summary>CPU lists of exec processes, before and after they enter the cgroup.</summary>
public sealed record ExecCpuAffinity
{
    public string? Initial { get; init; }

    public string? Final { get; init; }
}
