using Crisp.Linux;
using Crisp.Pods.Records;

namespace Crisp.Pods.Sandbox;

/// <summary>
/// What a pod's UTS and IPC namespaces are set to. criu joins them to restore a container, and then sets them to what
/// its checkpoint says, for all containers of the pod.
/// </summary>
internal sealed class NamespaceSettings
{
    private const string Directory = "/proc/sys/";

    private static readonly string[] s_uts = ["kernel/hostname", "kernel/domainname"];

    private static readonly string[] s_ipc =
    [
        "kernel/msgmax", "kernel/msgmnb", "kernel/msgmni", "kernel/sem", "kernel/shmall", "kernel/shmmax",
        "kernel/shmmni", "kernel/shm_rmid_forced", "fs/mqueue/queues_max", "fs/mqueue/msg_max",
        "fs/mqueue/msgsize_max", "fs/mqueue/msg_default", "fs/mqueue/msgsize_default",
    ];

    private readonly (NamespaceKinds Kind, string Pin, IReadOnlyDictionary<string, string> Values)[] _namespaces;

    private NamespaceSettings((NamespaceKinds, string, IReadOnlyDictionary<string, string>)[] namespaces) =>
        _namespaces = namespaces;

    /// <summary>A namespace of the node is nobody's to set, and criu leaves it alone.</summary>
    internal static async Task<NamespaceSettings> ReadAsync(PodRecord pod)
    {
        List<(NamespaceKinds, string, IReadOnlyDictionary<string, string>)> namespaces = [];
        foreach (var (kind, pin, paths) in ((NamespaceKinds, string?, string[])[])[
            (NamespaceKinds.Uts, pod.UtsNs, s_uts), (NamespaceKinds.Ipc, pod.IpcNs, s_ipc)])
        {
            if (pin is not null)
                namespaces.Add((kind, pin, await NamespaceThread.InNamespaceAsync(
                    kind, pin, () => Read(paths)).ConfigureAwait(false)));
        }

        return new NamespaceSettings([.. namespaces]);
    }

    internal async Task PutBackAsync()
    {
        foreach (var (kind, pin, values) in _namespaces)
            await NamespaceThread.InNamespaceAsync(kind, pin, () => PutBack(values)).ConfigureAwait(false);
    }

    private static Dictionary<string, string> Read(string[] paths) => paths
        .Where(path => File.Exists(Directory + path))
        .ToDictionary(path => path, path => File.ReadAllText(Directory + path).TrimEnd('\n'), StringComparer.Ordinal);

    /// <summary>The number of those that had changed.</summary>
    private static int PutBack(IReadOnlyDictionary<string, string> values)
    {
        var now = Read([.. values.Keys]);
        string[] changed = [.. values.Keys.Where(path => now.GetValueOrDefault(path) != values[path])];
        foreach (var path in changed)
            File.WriteAllText(Directory + path, values[path]);
        return changed.Length;
    }
}
