namespace Crisp.Bundle;

/// <summary>
/// What UpdateContainerResources sets, and what had to be left out or clamped: one line each, for the log.
/// </summary>
/// <param name="Resources">For the runtime's `update`: the limits of the cgroup.</param>
/// <param name="NoCpuQuota">The group loses its quota, which this runtime's `update` cannot do.</param>
/// <param name="OomScoreAdj">Of every process in the container; no runtime's `update` sets it.</param>
/// <param name="Notes">One line each.</param>
public sealed record ResourceUpdate(
    Oci.Resources Resources, bool NoCpuQuota, int OomScoreAdj, IReadOnlyList<string> Notes);
