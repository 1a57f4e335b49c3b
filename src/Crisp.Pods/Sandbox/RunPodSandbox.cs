using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Pods.Events;
using Crisp.Pods.Identity;
using Crisp.Pods.Work;
using Runtime.V1;

namespace Crisp.Pods.Sandbox;

/// <summary>
/// RunPodSandbox:
/// <list type="number">
/// <item>validate the request;</item>
/// <item>reserve the name, or join whoever makes the same pod already;</item>
/// <item>write the record, in the stage Creating;</item>
/// <item>make and pin the namespaces; with users of its own, by starting its init;</item>
/// <item>attach the network (CNI ADD), which takes longest, and meanwhile:</item>
/// <item>make the files, /dev/shm and the cgroup parent;</item>
/// <item>start the init, where the PID namespace is shared and it does not run already;</item>
/// <item>record that the pod is ready, and show it.</item>
/// </list>
/// Every step is on record before it acts, so that a daemon that comes after a killed one can undo it.
/// </summary>
internal sealed partial class RunPodSandbox(
    NodeState node, RuntimeHandlers handlers, IPodNetwork network, PodTeardown teardown, PodInit init, HostFacts host)
{
    internal Task<string> RunAsync(RunPodSandboxRequest request, CancellationToken patience)
    {
        PodConfigValidation.Validate(request.Config, host); // step 1
        var handler = handlers.Get(request.RuntimeHandler);
        _ = ShmSize.Of(request.Config, handler, node.Options);
        RequireUserNamespaces(request.Config, handler);
        var name = ObjectName.OfPod(request.Config.Metadata);
        // step 2
        return node.PodNames.MakeAsync(name, request, creation => MakeAsync(request, handler, creation), patience);
    }

    /// <summary>Without ID-mapped mounts nobody in such a pod could own a volume.</summary>
    private static void RequireUserNamespaces(PodSandboxConfig config, RuntimeHandler handler)
    {
        if (UserMappings.Of(config) is not null && !handler.Facts.IdMappedMounts)
        {
            throw new CrispException(ErrorKind.FailedPrecondition,
                $"namespace_options.userns_options: runtime handler \"{handler.Name}\" ({handler.Cli.Options.Path}) does not map the owners of mounts, "
                + "which user namespaces need; runc from 1.2 and crun from 1.8.1 do");
        }
    }

    private async Task<INamed> MakeAsync(RunPodSandboxRequest request, RuntimeHandler handler, Creation creation)
    {
        using var bound = new CancellationTokenSource(node.Options.CreateTimeout, node.Time);
        await using var undo = new UndoStack($"pod sandbox {creation.Id}", node.Log, node.Time);

        creation.Enter("step 3 of 8: writing its record");
        var pod = WriteRecord(request, handler, creation.Id, undo);
        creation.Enter("step 4 of 8: making its namespaces");
        await MakeNamespacesAsync(pod, undo, bound.Token).ConfigureAwait(false);
        creation.Enter("step 5 of 8: attaching its network (CNI ADD)");
        var ips = await AttachAndPrepareAsync(pod, undo, bound.Token).ConfigureAwait(false);
        creation.Enter("step 7 of 8: starting its init");
        await StartInitAsync(pod, undo, bound.Token).ConfigureAwait(false);
        creation.Enter("step 8 of 8: recording that it is ready");
        ShowReady(pod, ips);

        undo.Commit();
        node.Tell(ContainerEventKind.Created, pod);
        node.Tell(ContainerEventKind.Started, pod);
        return pod;
    }
}
