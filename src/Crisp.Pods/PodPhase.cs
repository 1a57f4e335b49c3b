namespace Crisp.Pods;

/// <summary>The two states of a sandbox that CRI knows; one that is still being made is not shown at all.</summary>
public enum PodPhase
{
    /// <summary>Its namespaces, network and (if any) init are there.</summary>
    Ready,

    /// <summary>Stopped, failed or from before a reboot: kubelet makes a new one.</summary>
    NotReady,
}
