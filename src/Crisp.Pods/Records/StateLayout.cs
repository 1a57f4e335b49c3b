namespace Crisp.Pods.Records;

/// <summary>
/// Every path that pods and containers have on disk. design.md, "State on disk", says what lives where.
/// </summary>
internal sealed class StateLayout(PodsOptions options)
{
    private const string NetNsPrefix = "crisp-";
    private const int ConsoleNameLength = 32;

    internal string Pods => Path.Combine(options.StateDirectory, "pods");

    internal string Containers => Path.Combine(options.StateDirectory, "containers");

    internal string Namespaces => Path.Combine(options.RunDirectory, "ns");

    internal string MonitorSockets => Path.Combine(options.RunDirectory, "m");

    internal string RunPods => Path.Combine(options.RunDirectory, "pods");

    internal string RunContainers => Path.Combine(options.RunDirectory, "containers");

    /// <summary>Small files of runtime calls, while they last.</summary>
    internal string RuntimeCalls => Path.Combine(options.RunDirectory, "calls");

    /// <summary>The read-only root of pods' inits: one program and an empty proc.</summary>
    internal string InitRoot => Path.Combine(options.StateDirectory, "init");

    /// <summary>Where directories go that are to be deleted, by the file system they are on.</summary>
    internal string StateTrash => Path.Combine(options.StateDirectory, "trash");

    internal string RunTrash => Path.Combine(options.RunDirectory, "trash");

    internal string NetworkNamespaces => options.NetNsDirectory;

    internal string Pod(string id) => Path.Combine(Pods, id);

    internal string Container(string id) => Path.Combine(Containers, id);

    /// <summary>
    /// The pod's directory for what ends with the node: its /dev/shm, its files and the lock that CNI plugins hold.
    /// </summary>
    internal string RunPod(string id) => Path.Combine(RunPods, id);

    internal string Shm(string podId) => Path.Combine(RunPod(podId), FileNames.Shm);

    /// <summary>Where the pod's resolv.conf, hostname and hosts lie, on a file system of their own.</summary>
    internal string PodFiles(string podId) => Path.Combine(RunPod(podId), FileNames.PodFiles);

    /// <summary>
    /// The container's directory for what ends with the node: exit record, pid file, the runtime's log.
    /// </summary>
    internal string RunContainer(string id) => Path.Combine(RunContainers, id);

    internal string NetNs(string podId) => Path.Combine(NetworkNamespaces, NetNsPrefix + podId);

    internal string PodNamespaces(string podId) => Path.Combine(Namespaces, podId);

    internal string IpcNs(string podId) => Path.Combine(PodNamespaces(podId), "ipc");

    internal string UtsNs(string podId) => Path.Combine(PodNamespaces(podId), "uts");

    internal string UserNs(string podId) => Path.Combine(PodNamespaces(podId), "user");

    /// <summary>The logs of a pod whose request names no directory for them.</summary>
    internal string? PodLogs(string podId) =>
        options.LogDirectory.Length > 0 ? Path.Combine(options.LogDirectory, podId) : null;

    /// <summary>The empty file that every container finds as /run/.containerenv.</summary>
    internal string ContainerEnv => Path.Combine(options.RunDirectory, FileNames.ContainerEnv);

    internal string ImageVolumes(string containerId) => Path.Combine(Container(containerId), FileNames.ImageVolumes);

    /// <summary>Kept short: a socket's path has 107 bytes.</summary>
    internal string MonitorSocket(string containerId) => Path.Combine(MonitorSockets, containerId);

    /// <summary>
    /// Where the OCI runtime sends a terminal while it makes a container; half of the ID, for the same reason.
    /// </summary>
    internal string ConsoleSocket(string containerId) =>
        Path.Combine(MonitorSockets, $"{containerId[..ConsoleNameLength]}.tty");

    /// <summary>
    /// Where the monitor writes the exit: first where no disk can be full, then where it survives a reboot.
    /// </summary>
    internal IReadOnlyList<string> ExitRecords(string containerId) =>
    [
        Path.Combine(RunContainer(containerId), FileNames.ExitRecord),
        Path.Combine(Container(containerId), FileNames.ExitRecord),
    ];

    internal string RuntimeRoot(RuntimeHandlerOptions handler) =>
        handler.Root ?? Path.Combine(options.RunDirectory, handler.Name);
}
