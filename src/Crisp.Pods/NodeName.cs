namespace Crisp.Pods;

/// <summary>The node's host name, whole: the class library cuts it at the first dot.</summary>
internal static class NodeName
{
    internal static string Read() => File.ReadAllText("/proc/sys/kernel/hostname").Trim();
}
