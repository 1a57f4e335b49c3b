namespace Crisp.Pods;

/// <summary>The reasons of a finished container that kubelet and its users know from cri-o and containerd.</summary>
public static class ExitReasons
{
    public const string Completed = "Completed";

    public const string Error = "Error";

    /// <summary>The kernel killed the first process for memory.</summary>
    public const string OomKilled = "OOMKilled";

    /// <summary>The OCI runtime could not start the user's program; the message has its words.</summary>
    public const string StartError = "StartError";

    /// <summary>The end was not seen by anybody: the monitor was lost, or the node went down.</summary>
    public const string Unknown = "ContainerStatusUnknown";
}
