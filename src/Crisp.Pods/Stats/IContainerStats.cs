namespace Crisp.Pods.Stats;

/// <summary>Reads what a container uses.</summary>
public interface IContainerStats
{
    /// <summary>A few small cgroup files; the writable layer's size comes from the last measurement.</summary>
    ContainerStatsSnapshot Read(ContainerSnapshot container);
}
