namespace Crisp.Bundle;

/// <summary>
/// Which sysctls belong to a namespace, and where they lie in /proc/sys (man 5 sysctl.d on dots and slashes).
/// </summary>
public static class PodSysctl
{
    private static readonly string[] Ipc =
        ["kernel.msgmax", "kernel.msgmnb",
            "kernel.msgmni", "kernel.sem", "kernel.shmall", "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced"];

    /// <summary>
    /// "ipc" or "network", as <see cref="Oci.NamespaceTypes"/> has them; null where it is the node's.
    /// </summary>
    public static string? NamespaceOf(string key)
    {
        var dotted = ToPath(key).Replace('/', '.');
        if (Ipc.Contains(dotted) || dotted.StartsWith("fs.mqueue.", StringComparison.Ordinal))
            return Oci.NamespaceTypes.Ipc;
        return dotted.StartsWith("net.", StringComparison.Ordinal) ? Oci.NamespaceTypes.Network : null;
    }

    /// <summary>
    /// What a pod's namespaces are made with: the configured ones, as far as they belong to a namespace of the pod's
    /// own, and the request's over them, in whatever spelling.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Effective(
        IReadOnlyDictionary<string, string> configured, Cri.LinuxPodSandboxConfig? pod)
    {
        Cri.NamespaceOption namespaces = pod?.SecurityContext?.NamespaceOptions ?? new();
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var sysctl in configured)
        {
            var isOfNode = NamespaceOf(sysctl.Key) == Oci.NamespaceTypes.Network
                ? namespaces.Network == Cri.NamespaceMode.Node
                : namespaces.Ipc == Cri.NamespaceMode.Node;
            if (!isOfNode)
                result[ToPath(sysctl.Key)] = sysctl.Value;
        }

        foreach (KeyValuePair<string, string> sysctl in pod?.Sysctls ?? [])
            result[ToPath(sysctl.Key)] = sysctl.Value;
        return result;
    }

    /// <summary>
    /// Path beneath /proc/sys. Where the first separator is a dot, slashes stand for dots within a component
    /// ("net.ipv4.conf.eth0/100.forwarding"); where it is a slash, the key is a path already.
    /// </summary>
    public static string ToPath(string key)
    {
        var separator = key.AsSpan().IndexOfAny('.', '/');
        if (separator < 0 || key[separator] == '/')
            return key;
        return string.Create(key.Length, key, static (path, source) =>
        {
            for (var i = 0; i < path.Length; i++)
                path[i] = source[i] switch { '.' => '/', '/' => '.', var c => c };
        });
    }
}
