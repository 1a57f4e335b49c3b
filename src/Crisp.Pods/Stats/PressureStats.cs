namespace Crisp.Pods.Stats;

/// <summary>How long tasks of a cgroup waited for one resource (Documentation/accounting/psi.rst).</summary>
/// <param name="Some">At least one task waited.</param>
/// <param name="Full">All of them waited at once; null where the kernel does not say.</param>
public sealed record PressureStats(PressureLine Some, PressureLine? Full);
