using System.Text.Json;
using Crisp.Errors;
using Crisp.Pods.Sandbox;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// CheckpointPod: an archive for each running container, or for those that are named, in a directory of the caller's,
/// all of one moment. The file pod.dump is written last: a directory without it holds no whole checkpoint.
/// </summary>
internal sealed class CheckpointPod(NodeState node, CheckpointContainer checkpoints)
{
    internal async Task CheckpointAsync(
        string idOrPrefix, string directory, IReadOnlyCollection<string> containerIds, CancellationToken patience)
    {
        var pod = node.Pods.Get(idOrPrefix);
        var chosen = Choose(pod, containerIds);
        var dump = Path.Combine(RequireDirectory(directory), PodDump.FileName);
        if (File.Exists(dump))
            throw new CrispException(
                ErrorKind.AlreadyExists, $"{dump} exists already; a checkpoint is not written over another");
        var criu = await checkpoints.SupportOfAsync(chosen[0], patience).ConfigureAwait(false);
        var works = Begin(chosen, directory);
        await Task.Run(() => RunAsync(pod, works, criu, dump), CancellationToken.None)
            .WaitAsync(patience).ConfigureAwait(false);
    }

    private async Task RunAsync(Pod pod, IReadOnlyList<CheckpointWork> works, string criu, string dump)
    {
        await checkpoints.RunAsync(works, criu, timeout: null).ConfigureAwait(false);
        var content = new PodDump
        {
            Id = pod.Id,
            Name = pod.Config.Metadata.Name,
            Namespace = pod.Config.Metadata.Namespace,
            Containers = [.. works.Select(work => work.Container.Config.Metadata.Name)],
        };
        Linux.AtomicFile.Write(dump, JsonSerializer.SerializeToUtf8Bytes(content, CheckpointJson.Default.PodDump));
    }

    /// <summary>All targets are opened before anything is paused; one that cannot be takes the others back.</summary>
    private static List<CheckpointWork> Begin(Container[] containers, string directory)
    {
        List<CheckpointWork> works = [];
        try
        {
            foreach (var container in containers)
                works.Add(CheckpointWork.Begin(
                    container, Path.Combine(directory, PodDump.ArchiveOf(container.Config.Metadata.Name))));
            return works;
        }
        catch
        {
            works.ForEach(work => work.Dispose());
            throw;
        }
    }

    private Container[] Choose(Pod pod, IReadOnlyCollection<string> containerIds)
    {
        Container[] chosen = containerIds.Count == 0
            ? [.. node.ContainersOf(pod).Where(container => container.Snapshot.Phase == ContainerPhase.Running)]
            : [.. containerIds.Select(id => node.Containers.Get(id))];
        if (Array.Find(chosen, container => container.Record.PodId != pod.Id) is { } stranger)
            throw CrispException.InvalidArgument("container_ids", $"container {stranger.Id} is of another pod");
        return chosen is not [] ? chosen
            : throw new CrispException(
                ErrorKind.FailedPrecondition, $"pod sandbox {pod.Id} has no running container to checkpoint");
    }

    private static string RequireDirectory(string path)
    {
        if (!Path.IsPathFullyQualified(path))
            throw CrispException.InvalidArgument("output_path", $"\"{path}\" is not the absolute path of a directory");
        return Directory.Exists(path)
            ? path
            : throw new CrispException(ErrorKind.FailedPrecondition, $"the directory {path} does not exist");
    }
}
