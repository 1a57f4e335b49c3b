using System.Text.Json;
using Crisp.Bundle;
using Crisp.Bundle.SELinux;
using Crisp.Images;
using Crisp.Linux;
using Crisp.OciSpec.Runtime;
using Crisp.Pods.Hooks;
using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;
using Crisp.Pods.Security;
using Runtime.V1;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// Gathers all that decides a container's config.json, has it built, and writes it. The image's content is looked at
/// beneath the container's root only, the request's host paths on the host.
/// </summary>
internal sealed class BundleWriter(
    NodeState node, RuntimeHandlers handlers, HostFacts host, SecurityProfileSource profiles, NodeDevices devices,
    HookDirectories hooks)
{
    /// <summary>The container's own cgroup.</summary>
    internal CgroupPlacement PlaceOf(Pod pod, string containerId) =>
        CgroupPlacement.OfContainer(pod.Config.Linux?.CgroupParent, node.Options.CgroupDriver, containerId);

    /// <summary>Null where it has none of its own.</summary>
    internal SELinuxLabels? LabelsOf(Pod pod, Container container) =>
        SELinuxLabels.Of(container.Config, host, pod.Record.SELinuxLevel);

    /// <summary>What relabels its volumes; null: nothing does.</summary>
    internal VolumeLabels? VolumeLabelsOf(Pod pod, Container container) => VolumeLabels.Of(
        LabelsOf(pod, container), container.Config, pod.Config, handlers.Get(pod.Record.RuntimeHandler).Facts,
        node.Options);

    internal WrittenBundle Write(
        Pod pod, Container container, CreationParts parts, string root, IReadOnlyList<ResolvedMount> mounts)
    {
        StoredImage image = parts.Image;
        using ContainerRoot inside = ContainerRoot.Open(root);
        inside.RefuseLinkedMountPoints();
        ResolvedUser user = inside.ResolveUser(container.Config.Linux?.SecurityContext, image.Config.Config?.User);
        List<string> notes = [];
        IReadOnlyList<OciSpec.Runtime.Mount> own = NodeMounts.Make(
            container, inside, image.Config.Config?.Volumes?.Keys ?? [], NodeOwners.Of(user, pod.Users), node.Options,
            notes);
        Label(own, LabelsOf(pod, container));
        BundleInput input = Gather(pod, container, image, root, user, mounts) with
        {
            NodeMounts = own,
            Edits = parts.Edits,
            Hooks = hooks.Read(),
        };
        BundleResult bundle = BundleBuilder.Build(input);
        inside.Prepare(bundle.Spec.Process!.Cwd, pod.Users); // the builder always fills the process
        WriteSpec(container, bundle.Spec);
        return new WrittenBundle(
            bundle.Spec,
            new ContainerUserStatus(user.Uid, user.Gid, [.. user.AdditionalGids.Select(gid => (long)gid)]),
            bundle.StopSignal,
            [.. notes, .. bundle.Notes]);
    }

    /// <summary>Refuses what links lead to where no mount may be.</summary>
    internal Task RequirePlacesAsync(Pod pod, Container container, Spec spec, CancellationToken cancellation) =>
        MountPlaceRules.RequireAsync(
            spec, spec.Root!.Path, container.Config.Linux?.SecurityContext?.Privileged == true,
            handlers.Get(pod.Record.RuntimeHandler).Facts, cancellation);

    /// <summary>Files and directories that were made for the container.</summary>
    private static void Label(IReadOnlyList<OciSpec.Runtime.Mount> own, SELinuxLabels? labels)
    {
        FileLabel? label = labels is null ? null : FileLabel.SELinux(labels.File);
        foreach (OciSpec.Runtime.Mount mount in own)
            label?.SetOn(mount.Source!); // each is a bind
    }

    internal static void WriteSpec(Container container, Spec spec) => AtomicFile.Write(
        Path.Combine(container.Directory, FileNames.BundleConfig),
        JsonSerializer.SerializeToUtf8Bytes(spec, RuntimeSpecJson.Default.Spec));

    internal static Spec ReadSpec(Container container) => JsonSerializer.Deserialize(
        File.ReadAllBytes(Path.Combine(container.Directory, FileNames.BundleConfig)),
        RuntimeSpecJson.Default.Spec)!; // we wrote it

    private BundleInput Gather(
        Pod pod, Container container, StoredImage image, string root, ResolvedUser user,
        IReadOnlyList<ResolvedMount> mounts) => new()
    {
        ContainerId = container.Id,
        PodId = pod.Id,
        Pod = pod.Config,
        Container = container.Config,
        Image = image.Config,
        User = user,
        RootFsPath = root,
        PodPaths = PathsOf(pod, container.Config),
        CgroupPath = PlaceOf(pod, container.Id).OciPath,
        CgroupDriver = node.Options.CgroupDriver,
        Host = host,
        Runtime = handlers.Get(pod.Record.RuntimeHandler).Facts,
        Profiles = profiles.For(container.Config, handlers.Get(pod.Record.RuntimeHandler).Options),
        SELinuxLevel = pod.Record.SELinuxLevel,
        Options = node.Options.Bundle,
        Mounts = mounts,
        Devices = devices.Of(pod.Config, container.Config, handlers.Get(pod.Record.RuntimeHandler).Facts),
        HostDevices = container.Config.Linux?.SecurityContext?.Privileged == true ? HostDevices.All() : [],
    };

    internal PodPaths PathsOf(Pod pod, ContainerConfig? container = null)
    {
        string directory = FilesOf(pod);
        return new PodPaths
        {
            NetNs = pod.Record.NetNs,
            IpcNs = pod.Record.IpcNs,
            UtsNs = pod.Record.UtsNs,
            UserNs = pod.Record.UserNs,
            PidNs = PidNamespaceOf(pod, container),
            ResolvConf = Path.Combine(directory, FileNames.ResolvConf),
            Hostname = Path.Combine(directory, FileNames.Hostname),
            Hosts = Path.Combine(directory, FileNames.Hosts),
            ContainerEnv = node.Layout.ContainerEnv,
            ShmDirectory = pod.HasOwnIpc ? node.Layout.Shm(pod.Id) : "/dev/shm",
        };
    }

    /// <summary>Those of a pod that an earlier crisp has made lie beside its records.</summary>
    private string FilesOf(Pod pod) =>
        node.Layout.PodFiles(pod.Id) is var files && Directory.Exists(files) ? files : node.Layout.Pod(pod.Id);

    private string? PidNamespaceOf(Pod pod, ContainerConfig? container)
    {
        NamespaceOption asked = container?.Linux?.SecurityContext?.NamespaceOptions ?? pod.Namespaces;
        Container? target = asked.Pid switch
        {
            NamespaceMode.Pod => pod.Init,
            NamespaceMode.Target => TargetOf(pod, asked.TargetId),
            _ => null,
        };
        return target?.Snapshot.Pid is { } pid ? $"/proc/{pid}/ns/pid" : null;
    }

    /// <summary>A container of the same pod: another pod's processes are none of its business.</summary>
    private Container TargetOf(Pod pod, string id)
    {
        Container target = node.Containers.Get(id);
        if (target.Record.PodId != pod.Id)
            throw Errors.CrispException.InvalidArgument("target_id", $"container {target.Id} is of another pod");
        if (target.Snapshot.Phase != ContainerPhase.Running)
            throw new Errors.CrispException(
                Errors.ErrorKind.FailedPrecondition, $"target container {target.Id} is not running");
        return target;
    }
}
