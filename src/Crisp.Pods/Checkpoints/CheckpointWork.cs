using System.Formats.Tar;
using System.Text.Json;
using Crisp.Errors;
using Crisp.OciRuntime;
using Crisp.OciSpec.Runtime;
using Crisp.Pods.Lifecycle;
using Crisp.Pods.Records;
using Crisp.Pods.Stats;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// One container's checkpoint while it is made: its files lie in a directory of the container, which also tells a
/// daemon that comes after a killed one to let the container run on.
/// </summary>
internal sealed class CheckpointWork : IDisposable
{
    /// <summary>Bytes beside memory and changed files: criu's other images, and the log.</summary>
    private const ulong Overhead = 16 << 20;

    private readonly Container _container;
    private readonly CheckpointTarget _target;
    private readonly string _directory;

    private CheckpointWork(Container container, CheckpointTarget target)
    {
        _container = container;
        _target = target;
        _directory = Path.Combine(container.Directory, FileNames.Checkpoint);
    }

    internal Container Container => _container;

    /// <summary>
    /// The container may stand still: the directory stays, so that the next start of the daemon lets it run on.
    /// </summary>
    internal bool StandsStill { get; set; }

    private string Images => Path.Combine(_directory, CheckpointNames.Images);

    /// <exception cref="CrispException">The container is not running, is being checkpointed, or the target cannot be
    /// written.</exception>
    internal static CheckpointWork Begin(Container container, string location)
    {
        if (container.Snapshot.Phase != ContainerPhase.Running)
            throw new CrispException(
                ErrorKind.FailedPrecondition, $"container {container.Id} is not running, so it cannot be checkpointed");
        var work = new CheckpointWork(container, CheckpointTarget.Create(location));
        try
        {
            if (Directory.Exists(work._directory))
                throw new CrispException(
                    ErrorKind.FailedPrecondition,
                    $"container {container.Id} is being checkpointed already, or could not be resumed after that, which the next start of crisp tries again");
            work._target.RequireRoom(work.ExpectedBytes(), container.Directory);
            Directory.CreateDirectory(
                work.Images, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return work;
        }
        catch
        {
            work._target.Dispose();
            throw;
        }
    }

    /// <summary>
    /// While the container is paused: its memory by criu, then what it has changed in its file system.
    /// </summary>
    internal async Task DumpAsync(OciRuntimeCli runtime, string criu, CancellationToken cancellation)
    {
        try
        {
            await runtime.CheckpointAsync(_container.Id, Images, _directory, criu, cancellation).ConfigureAwait(false);
        }
        catch (RuntimeFailedException failure) when (CriuLog.FirstErrors(
            Path.Combine(_directory, CheckpointNames.DumpLog)) is { Length: > 0 } said)
        {
            throw new CrispException(ErrorKind.Internal, $"{failure.Message}; criu said: {said}", failure);
        }

        await Task.Run(WriteRootDiff, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The container runs on already.</summary>
    internal void WriteArchive(ConfigDump config)
    {
        File.WriteAllBytes(Path.Combine(_directory, CheckpointNames.Config),
            JsonSerializer.SerializeToUtf8Bytes(config, CheckpointJson.Default.ConfigDump));
        File.WriteAllBytes(Path.Combine(_directory, CheckpointNames.Spec),
            JsonSerializer.SerializeToUtf8Bytes(SpecToDump(), RuntimeSpecJson.Default.Spec));
        using (var archive = new TarWriter(_target.Content, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var name in (string[])[CheckpointNames.Config, CheckpointNames.Spec,
                CheckpointNames.DumpLog, CheckpointNames.Statistics, CheckpointNames.RootDiff, CheckpointNames.Deleted])
                Add(archive, Path.Combine(_directory, name), name);
            Add(archive, _container.Record.LogPath ?? "", CheckpointNames.Log);
            archive.WriteEntry(Images, CheckpointNames.Images);
            foreach (var image in Directory.EnumerateFiles(Images).Order(StringComparer.Ordinal))
                Add(archive, image, $"{CheckpointNames.Images}/{Path.GetFileName(image)}");
        }

        _target.Commit();
    }

    public void Dispose()
    {
        if (!StandsStill && Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
        _target.Dispose();
    }

    private void WriteRootDiff()
    {
        using var file = File.Create(Path.Combine(_directory, CheckpointNames.RootDiff));
        using var archive = new PaxArchive(file);
        var diff = new RootDiff(Path.Combine(_container.Directory, "diff"), archive);
        diff.Write();
        File.WriteAllBytes(
            Path.Combine(_directory, CheckpointNames.Deleted),
            JsonSerializer.SerializeToUtf8Bytes(diff.Deleted.ToArray(), CheckpointJson.Default.StringArray));
    }

    /// <summary>With the annotations where cri-o looks for them.</summary>
    private Spec SpecToDump()
    {
        var spec = BundleWriter.ReadSpec(_container);
        var asked = new Dictionary<string, string>(_container.Config.Annotations, StringComparer.Ordinal);
        var annotations =
            new Dictionary<string, string>(spec.Annotations ?? new Dictionary<string, string>(), StringComparer.Ordinal)
        {
            [CheckpointNames.SpecAnnotations] = JsonSerializer.Serialize(
                asked, CheckpointJson.Default.DictionaryStringString),
        };
        annotations.Remove(CriuSettings.Annotation); // this node's own, for a container that was restored itself
        return spec with { Annotations = annotations };
    }

    /// <summary>A file that the runtime, criu or the container's owner did not make is left out.</summary>
    private static void Add(TarWriter archive, string path, string name)
    {
        if (Linux.FileStatus.Of(path.Length > 0 ? path : "/") is { IsRegularFile: true })
            archive.WriteEntry(path, name);
    }

    private ulong ExpectedBytes()
    {
        var counters = CgroupReading.Of(_container.Record.CgroupPath);
        return (counters.Memory?.RssBytes ?? 0)
            + (counters.Swap?.UsageBytes ?? 0) + (_container.Stats.Layer?.UsedBytes ?? 0) + Overhead;
    }
}
