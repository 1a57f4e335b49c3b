using Crisp.Linux;
using Crisp.Pods.Sandbox;

namespace Crisp.Pods.Stats;

/// <summary>Reads the interfaces of many pods, each inside its own network namespace.</summary>
internal static class PodNetworkReader
{
    /// <summary>By pod ID; a pod on the node's network, or whose namespace has gone meanwhile, is not there.</summary>
    internal static async Task<IReadOnlyDictionary<string, IReadOnlyList<NetworkDevice>>> ReadAsync(
        IReadOnlyList<PodSnapshot> pods)
    {
        List<PodSnapshot> own = [.. pods.Where(pod => pod.NetNsPath is { } path && NetworkNamespaceFile.IsAlive(path))];
        var devices = new Dictionary<string, IReadOnlyList<NetworkDevice>>(StringComparer.Ordinal);
        if (own.Count == 0)
            return devices;
        var texts = await NamespaceThread.InNetworkNamespacesAsync(
            [.. own.Select(pod => pod.NetNsPath!)], // chosen by it
            () => File.ReadAllText(NetworkDevices.File)).ConfigureAwait(false);
        foreach (var (pod, text) in own.Zip(texts))
        {
            if (text is not null)
                devices[pod.Id] = NetworkDevices.Parse(text);
        }

        return devices;
    }
}
