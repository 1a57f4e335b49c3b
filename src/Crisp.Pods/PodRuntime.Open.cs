using Crisp.Bundle;
using Crisp.Cdi;
using Crisp.Errors;
using Crisp.Images;
using Crisp.Linux;
using Crisp.Pods.Checkpoints;
using Crisp.Pods.Hooks;
using Crisp.Pods.Lifecycle;
using Crisp.Pods.Records;
using Crisp.Pods.Recovery;
using Crisp.Pods.Sandbox;
using Crisp.Pods.Security;

namespace Crisp.Pods;

/// <summary>How the verbs are put together, and what happens before the first of them is called.</summary>
public sealed partial class PodRuntime
{
    private const UnixFileMode PrivateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <exception cref="Errors.CrispException">
    /// FailedPrecondition: a record is of a newer version, or a runtime cannot be used.
    /// </exception>
    public static async Task<PodRuntime> OpenAsync(
        PodsOptions options, PodsDependencies dependencies, CancellationToken cancellation)
    {
        NodeState node = new(
            options, dependencies.Time, ProcessInfo.BootId(), dependencies.Loggers.CreateLogger("Crisp.Pods"));
        MakeDirectories(node.Layout);
        RuntimeHandlers handlers = await RuntimeHandlers.ProbeAsync(
            options, node.Layout, dependencies.Programs, dependencies.Loop, cancellation).ConfigureAwait(false);
        foreach (RuntimeHandler handler in handlers.All)
        {
            if (handler.Unusable is { } problem)
                node.Log.Unusable(problem);
            if (handler.KnownEscapes.Count > 0)
                node.Log.KnownEscapes(
                    handler.Name, handler.Version, handler.Options.Path, string.Join(", ", handler.KnownEscapes));
        }

        CancellationTokenSource shutdown = new();
        try
        {
            return await AssembleAsync(node, handlers, dependencies, shutdown, cancellation).ConfigureAwait(false);
        }
        catch
        {
            await shutdown.CancelAsync().ConfigureAwait(false);
            shutdown.Dispose();
            throw;
        }
    }

    private static async Task<PodRuntime> AssembleAsync(
        NodeState node, RuntimeHandlers handlers, PodsDependencies dependencies, CancellationTokenSource shutdown,
        CancellationToken cancellation)
    {
        AppArmorKernel appArmor = new("/sys");
        HostFacts host = HostProbe.Read(node.Options.Security, appArmor);
        FileLabel? label = host.SELinux is { } policy ? FileLabel.SELinux(policy.FileLabel) : null;
        label?.SetOn(node.Layout.ContainerEnv);
        SecurityProfileSource profiles = new(node.Options.Security, host, appArmor);
        Snapshots snapshots = dependencies.Images.Snapshots;
        ImageVolumes imageVolumes = new(node, dependencies.Images);
        CdiRegistry cdi = new(node.Options.CdiDirectories, dependencies.Loggers.CreateLogger("Crisp.Cdi"));
        CreationSources sources = new(dependencies.Images, imageVolumes, cdi);
        BundleWriter bundles = new(node, handlers, host,
            profiles, new NodeDevices(node.Options), new HookDirectories(node.Options.HooksDirectories, node.Log));
        MonitorLauncher monitors = new(node, handlers, dependencies.Loop);
        ContainerProcesses processes = new(node, dependencies.Loop);
        RemovedState removed = new(node.Layout, node.Log);
        ContainerRelease release = new(node, handlers, snapshots, imageVolumes, removed, dependencies.Loop);
        ContainerExits exits = new(node, processes, release, monitors.ConnectAsync, shutdown.Token);
        exits.Recorded += node.FailPodOf;
        exits.Recorded += node.TellStopped;
        StopContainer stop = new(node, processes);
        CheckpointSupport support = new(node, dependencies.Programs);
        CheckpointRestore restores = new(
            handlers, new CheckpointSources(node.Options, dependencies.Images),
            new CheckpointFiles(dependencies.Images), support);
        ContainerVerbs verbs = new()
        {
            Create = new CreateContainer(node, sources, bundles, monitors, release, exits, restores),
            Start = new StartContainer(
                node, handlers, processes, new RestoreProcesses(node, monitors, exits, imageVolumes, removed)),
            Stop = stop,
            Remove = new RemoveContainer(node, stop, release),
            Update = new UpdateContainer(node, handlers, host),
            ReopenLog = new ReopenContainerLog(node),
            ExecSync = new ExecSync(node, handlers),
            Exec = new Exec(node, handlers),
            Attach = new AttachContainer(node, dependencies.Loop),
        };

        PodNetwork network = new(node.Layout, dependencies.Networks, dependencies.Cni, dependencies.Time, node.Log);
        PodTeardown teardown = new(node, network, removed);
        PodInitBundle initBundle = new(
            handlers, bundles, host, profiles, new InitRoot(node.Layout.InitRoot, node.Options.MonitorProgram, label));
        Sandbox.PodInit init = new(node, initBundle, monitors, verbs, exits);
        StopPodSandbox stopPod = new(node, stop, teardown);
        RemovePodSandbox removePod = new(node, stopPod, verbs.Remove, init, teardown);
        RunPodSandbox runPod = new(node, handlers, network, teardown, init, host);

        RecoverPod recoverPod = new(node, stopPod, removePod);
        RecoverContainer recoverContainer = new(node, handlers, monitors, verbs, release, exits);
        LeftoverContainer leftoverContainer = new(
            node, handlers, monitors, snapshots, imageVolumes, removed, dependencies.Loop);
        Leftovers leftovers = new(
            node, new LeftoverPod(node, network, removed).RemoveAsync, leftoverContainer.RemoveAsync);
        await new Recovery.Recovery(node, recoverPod, recoverContainer, leftovers).RunAsync(
            cancellation).ConfigureAwait(false);
        network.Collecting = CollectGarbageAsync(network, node, shutdown.Token);
        CheckpointContainer checkpoint = new(node, handlers, dependencies.Images, support);
        return new PodRuntime(node, removed, new PodSandboxes(node, runPod, stopPod, removePod, new ConnectToPod(node)),
            new Containers(node, verbs), profiles, shutdown)
        {
            Handlers = handlers.FeaturesOn(host),
            Cdi = cdi,
            Checkpoints = new CheckpointVerbs(
                checkpoint, new CheckpointPod(node, checkpoint), new RestorePod(runPod, removePod, verbs.Create)),
        };
    }

    /// <summary>Once for each start, beside it. What fails is said, and keeps nobody from anything.</summary>
    private static async Task CollectGarbageAsync(PodNetwork network, NodeState node, CancellationToken shutdown)
    {
        try
        {
            await network.CollectGarbageAsync(shutdown).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or CrispException)
        {
            node.Log.GarbageNotCollected(error);
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
    }

    /// <summary>
    /// Only root looks into these: they hold sockets, and files of all containers. A container's own directory is no
    /// less private, but the one that holds them lets who knows the name pass: root of a user namespace is not root
    /// here.
    /// </summary>
    private static void MakeDirectories(StateLayout layout)
    {
        Directory.CreateDirectory(layout.Containers, PrivateMode);
        File.SetUnixFileMode(layout.Containers, PrivateMode | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        foreach (string directory in (string[])[layout.Pods,
            layout.RunPods, layout.RunContainers, layout.MonitorSockets, layout.Namespaces])
        {
            Directory.CreateDirectory(directory, PrivateMode);
            File.SetUnixFileMode(directory, PrivateMode);
        }

        File.WriteAllBytes(layout.ContainerEnv, []);
    }
}
