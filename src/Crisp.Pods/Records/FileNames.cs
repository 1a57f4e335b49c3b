namespace Crisp.Pods.Records;

/// <summary>The files inside a pod's or a container's directories.</summary>
internal static class FileNames
{
    /// <summary>What was asked: the request's bytes.</summary>
    internal const string Request = "request";

    /// <summary>What became of it.</summary>
    internal const string Record = "record.json";

    /// <summary>The pod's attachment to its network, as long as there may be one.</summary>
    internal const string Attachment = "cni.json";

    /// <summary>Where those of the pod's files are mounted that its containers can write.</summary>
    internal const string PodFiles = "files";

    internal const string ResolvConf = "resolv.conf";

    internal const string Hostname = "hostname";

    internal const string Hosts = "hosts";

    internal const string Shm = "shm";

    internal const string CniLock = "cni.lock";

    /// <summary>Holds the files of the checkpoint that a container is made from.</summary>
    internal const string Restore = "restore";

    /// <summary>What criu is told when the container is restored, and when it is checkpointed again.</summary>
    internal const string CriuSettings = "criu.conf";

    /// <summary>Holds a checkpoint while it is made.</summary>
    internal const string Checkpoint = "checkpoint";

    internal const string BundleConfig = "config.json";

    /// <summary>Where image volumes are mounted, in a container's directory: 0, 1, …</summary>
    internal const string ImageVolumes = "images";

    /// <summary>
    /// Empty directories for the volumes that the image declares, in a container's directory: 0, 1, …
    /// </summary>
    internal const string DeclaredVolumes = "volumes";

    /// <summary>Copies of what the configuration mounts in every container: 0, 1, …</summary>
    internal const string DefaultMounts = "defaults";

    internal const string ContainerEnv = "containerenv";

    internal const string ExitRecord = "exit";

    internal const string PidFile = "pid";

    internal const string RuntimeLog = "runtime.log";
}
