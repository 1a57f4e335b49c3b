using Crisp.Pods.Lifecycle;
using Crisp.Pods.Records;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Pods.Sandbox;

/// <summary>
/// The init of a pod that shares its PID namespace: <c>crisp-monitor pause</c>, which reaps and sleeps, as an ordinary
/// OCI container with the pod's own ID and a monitor of its own. It has no image: its root holds that one program.
/// </summary>
internal sealed class PodInit(
    NodeState node, PodInitBundle bundle, MonitorLauncher monitors, ContainerVerbs verbs, ContainerExits exits)
{
    internal async Task StartAsync(Pod pod, CancellationToken cancellation)
    {
        Container init = WriteRecord(pod);
        pod.Init = init;
        bundle.Write(pod, init);
        IMonitor monitor = await monitors.LaunchAsync(init, cancellation).ConfigureAwait(false);
        init.Monitor = monitor;
        init.Accept(record => record.ToCreated(monitor.Process)); // whoever removes it needs the watch
        exits.Watch(init);
        await verbs.Start.StartOnceAsync(init).ConfigureAwait(false);
    }

    /// <summary>Ends it and removes all of it. Nothing there is success.</summary>
    internal Task RemoveAsync(Pod pod, CancellationToken patience) =>
        pod.Init is { } init ? verbs.Remove.RemoveAsync(init, patience) : Task.CompletedTask;

    private Container WriteRecord(Pod pod)
    {
        Container init = new(RequestOf(pod), Plan(pod), node.Layout, node.Time);
        Directory.CreateDirectory(
            init.Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(node.Layout.RunContainer(pod.Id));
        File.WriteAllBytes(Path.Combine(init.Directory, FileNames.Request), init.Request.ToByteArray());
        init.WriteFirst();
        return init;
    }

    private ContainerRecord Plan(Pod pod) => new()
    {
        Id = pod.Id,
        PodId = pod.Id,
        Stage = ContainerStage.Creating,
        CreatedAtNanos = node.NowNanos,
        ImageId = "",
        RuntimeHandler = pod.Record.RuntimeHandler,
        CgroupPath = bundle.PlaceOf(pod).Directory,
        MonitorCgroup = MonitorCgroup.Of(node.Options, pod, pod.Id),
    };

    /// <summary>The request that such a container would have been asked for with.</summary>
    private static CreateContainerRequest RequestOf(Pod pod) => new()
    {
        PodSandboxId = pod.Id,
        Config = new ContainerConfig { Metadata = new ContainerMetadata { Name = "POD" } },
    };
}
