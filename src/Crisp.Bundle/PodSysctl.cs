namespace Crisp.Bundle;

/// <summary>Which sysctls belong to a namespace, and where they lie in /proc/sys (man 5 sysctl.d on dots and slashes).</summary>
public static class PodSysctl
{
    private static readonly string[] Ipc =
        ["kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall", "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced"];

    /// <summary>"ipc" or "network", as <see cref="Oci.NamespaceTypes"/> has them; null where it is the node's.</summary>
    public static string? NamespaceOf(string key)
    {
        string dotted = ToPath(key).Replace('/', '.');
        if (Ipc.Contains(dotted) || dotted.StartsWith("fs.mqueue.", StringComparison.Ordinal))
            return Oci.NamespaceTypes.Ipc;
        return dotted.StartsWith("net.", StringComparison.Ordinal) ? Oci.NamespaceTypes.Network : null;
    }

    /// <summary>
    /// Path beneath /proc/sys. Where the first separator is a dot, slashes stand for dots within a component
    /// ("net.ipv4.conf.eth0/100.forwarding"); where it is a slash, the key is a path already.
    /// </summary>
    public static string ToPath(string key)
    {
        int separator = key.AsSpan().IndexOfAny('.', '/');
        if (separator < 0 || key[separator] == '/')
            return key;
        return string.Create(key.Length, key, static (path, source) =>
        {
            for (int i = 0; i < path.Length; i++)
                path[i] = source[i] switch { '.' => '/', '/' => '.', var c => c };
        });
    }
}
