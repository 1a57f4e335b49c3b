using Crisp.Cni;
using Crisp.Errors;
using Crisp.Linux;
using Crisp.Pods.Records;
using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Sandbox;

/// <summary>
/// CNI for pods. The file cni.json exists as long as there may be something to take back: it is written before ADD,
/// again with the result, and removed after DEL. Every plugin inherits a locked descriptor, so that whoever comes after
/// a killed daemon can tell that one still runs.
/// </summary>
internal sealed class PodNetwork(
    StateLayout layout, CniNetworks networks, CniClient cni, TimeProvider time, ILogger log)
    : IPodNetwork
{
    private const int Mode = 0b110_000_000;

    /// <summary>Until it ends no pod is attached: the plugins would free what they have just given out.</summary>
    internal Task Collecting { get; set; } = Task.CompletedTask;

    public async Task<IReadOnlyList<string>> AttachAsync(Pod pod, CancellationToken cancellation)
    {
        await Collecting.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var attachment = Plan(pod);
        if (attachment.CapabilityArguments.PortMappings.Count > 0 && !attachment.Network.TakesHostPorts)
            log.HostPortsNotMapped(pod.Id, attachment.Network.Name);
        Store(pod.Id, attachment);
        using var held = await PluginLock.TakeAsync(LockPath(pod.Id), time, cancellation).ConfigureAwait(false);
        attachment = await cni.AddAsync(attachment, held, cancellation).ConfigureAwait(false);
        Store(pod.Id, attachment);
        return [.. attachment.Result!.AddressesOf(attachment.InterfaceName)
            .Select(address => address.ToString())]; // ADD fills it
    }

    public async Task DetachAsync(string podId, CancellationToken cancellation)
    {
        var file = AttachmentPath(podId);
        if (!File.Exists(file))
            return;
        var attachment = Stored(podId, await File.ReadAllBytesAsync(file, cancellation).ConfigureAwait(false));
        using var held = await PluginLock.TakeAsync(LockPath(podId), time, cancellation).ConfigureAwait(false);
        await cni.DeleteAsync(WithLivingNetNs(attachment), held, cancellation).ConfigureAwait(false);
        PodFlows.Forget(attachment, log);
        File.Delete(file);
    }

    /// <summary>
    /// GC (CNI 1.1): the plugins free what belongs to none of this node's pods, such as the address of a pod whose
    /// records were lost. Nothing happens without a configuration of that version.
    /// </summary>
    internal async Task CollectGarbageAsync(CancellationToken cancellation)
    {
        if (!networks.Readiness.Ready)
            return;
        CniAttachment[] valid = [.. Directory.EnumerateDirectories(layout.Pods)
            .Select(directory => Path.GetFileName(directory))
            .Where(podId => File.Exists(AttachmentPath(podId)))
            .Select(podId => Stored(podId, File.ReadAllBytes(AttachmentPath(podId))))];
        await cni.CollectGarbageAsync(networks.Current(), valid, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// What was stored; after a power cut that may be damaged, and then today's configuration is the best guess.
    /// Plugins find what they hold by the pod's ID, and a pod that could never be detached could never be removed.
    /// </summary>
    private CniAttachment Stored(string podId, byte[] content)
    {
        try
        {
            return CniAttachment.Deserialize(content);
        }
        catch (CrispException error) when (error.Kind == ErrorKind.DataLoss)
        {
            return new CniAttachment
            {
                ContainerId = podId,
                NetNsPath = layout.NetNs(podId),
                Network = networks.Current(),
                Args = PodArguments.Create("", "", "", podId),
            };
        }
    }

    /// <summary>
    /// After a reboot there is no namespace any more; the plugins free addresses and rules all the same.
    /// </summary>
    private static CniAttachment WithLivingNetNs(CniAttachment attachment) =>
        NetworkNamespaceFile.IsAlive(attachment.NetNsPath) ? attachment : attachment with { NetNsPath = "" };

    private CniAttachment Plan(Pod pod)
    {
        var of = pod.Config.Metadata;
        var wishes = NetworkCapabilities.Of(pod.Config);
        return new CniAttachment
        {
            ContainerId = pod.Id,
            NetNsPath = layout.NetNs(pod.Id),
            Network = cni.WithHostPorts(networks.Current(), wishes),
            Args = PodArguments.Create(of.Namespace, of.Name, of.Uid, pod.Id),
            CapabilityArguments = wishes,
        };
    }

    private void Store(string podId, CniAttachment attachment) =>
        AtomicFile.Write(AttachmentPath(podId), attachment.Serialize(), Mode);

    private string AttachmentPath(string podId) => Path.Combine(layout.Pod(podId), FileNames.Attachment);

    private string LockPath(string podId) => Path.Combine(layout.RunPod(podId), FileNames.CniLock);
}
