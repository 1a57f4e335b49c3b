using Crisp.Linux;
using Crisp.Pods.Checkpoints;
using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Records;

/// <summary>
/// Takes away the directories of pods and containers. They are out of the way when a method returns; their content is
/// deleted afterwards, by this daemon or the next: a file system may take longer for that than for all else of a pod.
/// What is mounted in them is unmounted before.
/// </summary>
internal sealed class RemovedState : IAsyncDisposable
{
    private readonly StateLayout _layout;
    private readonly Trash _state;
    private readonly Trash _run;

    internal RemovedState(StateLayout layout, ILogger log)
    {
        _layout = layout;
        _state = new Trash(layout.StateTrash, log.NotDeleted);
        _run = new Trash(layout.RunTrash, log.NotDeleted);
    }

    /// <summary>The records go last: as long as they are there, a new daemon knows what to do.</summary>
    internal void TakeContainer(string id)
    {
        Files.Remove(_layout.MonitorSocket(id));
        Files.Remove(_layout.ConsoleSocket(id));
        _run.Take(_layout.RunContainer(id));
        _state.Take(_layout.Container(id));
    }

    /// <summary>What a container was restored from, when its processes run; criu's log stays.</summary>
    internal void TakeRestoreFiles(string id)
    {
        var directory = Path.Combine(_layout.Container(id), FileNames.Restore);
        if (!Directory.Exists(directory))
            return;
        foreach (var path in Directory.GetFileSystemEntries(directory))
        {
            if (Path.GetFileName(path) != CheckpointNames.RestoreLog)
                _state.Take(path);
        }
    }

    /// <summary>The logs of a pod whose request named no place for them.</summary>
    internal void TakePodLogs(string id)
    {
        if (_layout.PodLogs(id) is { } logs)
            _state.Take(logs);
    }

    internal void TakePodRecords(string id) => _state.Take(_layout.Pod(id));

    internal void TakePodRunDirectory(string id) => _run.Take(_layout.RunPod(id));

    internal void TakePodNamespaces(string id) => _run.Take(_layout.PodNamespaces(id));

    /// <summary>Returns when all of it is deleted.</summary>
    public async ValueTask DisposeAsync()
    {
        await _state.DisposeAsync().ConfigureAwait(false);
        await _run.DisposeAsync().ConfigureAwait(false);
    }
}
