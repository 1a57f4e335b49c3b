namespace Crisp.Pods.Stats;

/// <summary>Reads what pods use.</summary>
public interface IPodStats
{
    /// <summary>In the order of the pods.</summary>
    Task<IReadOnlyList<PodStatsSnapshot>> ReadAsync(IReadOnlyList<PodSnapshot> pods);
}
