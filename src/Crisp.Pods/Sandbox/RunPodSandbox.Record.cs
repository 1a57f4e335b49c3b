using Crisp.Pods.Records;
using Crisp.Pods.Security;
using Crisp.Pods.Work;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Pods.Sandbox;

internal sealed partial class RunPodSandbox
{
    /// <summary>Step 3: from here on a new daemon knows what to undo.</summary>
    private Pod WriteRecord(RunPodSandboxRequest request, RuntimeHandler handler, string id, UndoStack undo)
    {
        var pod = new Pod(request, Plan(request.Config, handler, id), node.Layout)
        {
            Sysctls = Bundle.PodSysctl.Effective(node.Options.DefaultSysctls, request.Config.Linux),
        };
        undo.Push("delete the records", () => teardown.DeleteRecords(pod));
        Directory.CreateDirectory(node.Layout.Pod(id));
        File.WriteAllBytes(Path.Combine(node.Layout.Pod(id), FileNames.Request), request.ToByteArray());
        pod.WriteFirst();
        return pod;
    }

    /// <summary>A pod on the node's network has the node's host name too, as its programs expect.</summary>
    private PodRecord Plan(PodSandboxConfig config, RuntimeHandler handler, string id)
    {
        var namespaces = config.Linux?.SecurityContext?.NamespaceOptions;
        var ownNetwork = namespaces?.Network != NamespaceMode.Node;
        var parent = handlers.CgroupParent(config.Linux?.CgroupParent);
        return new PodRecord
        {
            Id = id,
            Stage = PodStage.Creating,
            BootId = node.BootId,
            CreatedAtNanos = node.NowNanos,
            RuntimeHandler = handler.Name,
            CgroupParent = parent,
            OwnedCgroups = node.Options.CgroupDriver == Bundle.CgroupDriver.Systemd
                ? 0
                : PodCgroup.CountOwned(parent, node.Pods.All), // systemd makes its slices
            NetNs = ownNetwork ? node.Layout.NetNs(id) : null,
            UtsNs = ownNetwork ? node.Layout.UtsNs(id) : null,
            SELinuxLevel = SELinuxPodLevel.Choose(
                config, host, node.Options.Security, node.Pods.All.Select(pod => pod.Record)),
            UserNs = Bundle.UserMappings.Of(config) is null ? null : node.Layout.UserNs(id),
            IpcNs = namespaces?.Ipc != NamespaceMode.Node ? node.Layout.IpcNs(id) : null,
        };
    }

    /// <summary>Step 8: the pod appears in lists only now.</summary>
    private void ShowReady(Pod pod, IReadOnlyList<string> ips)
    {
        pod.Change(record => record with { Stage = PodStage.Ready, Ips = ips });
        node.Pods.Add(pod);
        if (pod.Init is { IsOver: true })
            PodFailure.Record(pod); // it ended before anybody could look for its pod
    }
}
