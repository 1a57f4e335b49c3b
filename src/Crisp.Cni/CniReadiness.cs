namespace Crisp.Cni;

/// <summary>Whether pods can get a network now, in the form of a CRI runtime condition.</summary>
/// <param name="Ready">RunPodSandbox may be tried.</param>
/// <param name="Reason">CamelCase word for programs; empty when ready.</param>
/// <param name="Message">A sentence that names what is missing and the remedy, or which files were skipped.</param>
public sealed record CniReadiness(bool Ready, string Reason, string Message)
{
    /// <summary>The reason kubelet and dashboards know from cri-o and containerd.</summary>
    public const string NotReadyReason = "NetworkPluginNotReady";
}
