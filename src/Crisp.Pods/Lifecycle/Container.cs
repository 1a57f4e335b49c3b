using Crisp.Pods.Identity;
using Crisp.Pods.Records;
using Crisp.Pods.Stats;
using Crisp.Pods.Work;
using Runtime.V1;
using OciProcess = Crisp.OciSpec.Runtime.Process;

namespace Crisp.Pods.Lifecycle;

/// <summary>A container: what was asked, what became of it, and the work that is going on with it.</summary>
internal sealed class Container : Recorded<ContainerRecord>, INamed
{
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IReadOnlyList<Mount> _mounts;
    private ContainerSnapshot _snapshot;
    private IMonitor? _monitor;
    private OciProcess? _process;
    private int _startIsTold;

    internal Container(CreateContainerRequest request, ContainerRecord record, StateLayout layout, TimeProvider time)
        : base(record, Path.Combine(layout.Container(record.Id), FileNames.Record), RecordJson.Default.ContainerRecord)
    {
        Request = request;
        Directory = layout.Container(record.Id);
        KillDeadline = new ShrinkingDeadline(time);
        _mounts = MountsToTell(request.Config.Mounts, record.ImageVolumes);
        _snapshot = Snap(record);
        if (IsOver)
            _exited.SetResult();
        _startIsTold = record.Stage >= ContainerStage.Running ? 1 : 0;
    }

    public string Id => Record.Id;

    public bool Answered => Record.Answered;

    /// <summary>The request without the pod's configuration, which the pod itself keeps.</summary>
    internal CreateContainerRequest Request { get; }

    internal ContainerConfig Config => Request.Config;

    /// <summary>The bundle, the records and the writable layer.</summary>
    internal string Directory { get; }

    /// <summary>The pod's log directory, in which the log's path lies.</summary>
    internal string? LogDirectory =>
        Record.LogPath is { } path ? path[..^LogFile!.Length] : null; // there is a file where there is a path

    /// <summary>The log's path in <see cref="LogDirectory"/>.</summary>
    internal string? LogFile =>
        Record.LogPath is null ? null : Config.LogPath.Length > 0 ? Config.LogPath : Path.GetFileName(Record.LogPath);

    internal ObjectName Name => ObjectName.OfContainer(Record.PodId, Config.Metadata);

    internal ContainerSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>The init of a pod that shares its PID namespace: it goes by its pod's ID.</summary>
    internal bool IsPodInit => Record.Id == Record.PodId;

    /// <summary>Its PID namespace is its own: no process in it outlives the first.</summary>
    internal bool HasOwnPids => Config.Linux?.SecurityContext?.NamespaceOptions?.Pid == NamespaceMode.Container;

    /// <summary>The exit is on record.</summary>
    internal bool IsOver => Record.Stage is ContainerStage.Exited or ContainerStage.Released or ContainerStage.Removing;

    /// <summary>Completes when the exit is on record.</summary>
    internal Task Exited => _exited.Task;

    /// <summary>The connection to the monitor; null when it is lost or not needed any more.</summary>
    internal IMonitor? Monitor
    {
        get => Volatile.Read(ref _monitor);
        set => Volatile.Write(ref _monitor, value);
    }

    /// <summary>
    /// The process of its config.json, which every exec begins with: read once, for exec probes come every few seconds.
    /// </summary>
    internal OciProcess Process
    {
        get
        {
            if (Volatile.Read(ref _process) is { } known)
                return known;
            var read = BundleWriter.ReadSpec(this).Process!; // the builder always fills it
            return Interlocked.CompareExchange(ref _process, read, null) ?? read; // or what an update has set meanwhile
        }

        set => Volatile.Write(ref _process, value);
    }

    /// <summary>When a stop that was asked for turns to SIGKILL.</summary>
    internal ShrinkingDeadline KillDeadline { get; }

    /// <summary>The last readings of its counters.</summary>
    internal StatsHistory Stats { get; } = new();

    /// <summary>True for the one who is to tell that it started.</summary>
    internal bool TryTellStarted() => Interlocked.Exchange(ref _startIsTold, 1) == 0;

    internal SharedWork Starting { get; } = new();

    internal SharedWork Stopping { get; } = new();

    internal SharedWork Releasing { get; } = new();

    internal SharedWork Removal { get; } = new();

    internal WorkQueue Updates { get; } = new();

    public void RememberAnswered(bool answered) => Remember(record => record with { Answered = answered });

    /// <summary>
    /// Lets the monitor end, whose word is not needed any more; nothing to do when somebody has done it.
    /// </summary>
    internal async Task DismissMonitorAsync()
    {
        if (Interlocked.Exchange(ref _monitor, null) is not { } monitor)
            return;
        await monitor.AcknowledgeExitAsync().ConfigureAwait(false);
        await monitor.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Project(ContainerRecord record)
    {
        Volatile.Write(ref _snapshot, Snap(record));
        if (record.FinishedAtNanos != 0)
            _exited.TrySetResult();
    }

    private ContainerSnapshot Snap(ContainerRecord record)
    {
        ContainerPhase phase = PhaseOf(record.Stage);
        return new ContainerSnapshot
        {
            Id = record.Id,
            PodId = record.PodId,
            Config = Config,
            Phase = phase,
            CreatedAtNanos = record.CreatedAtNanos,
            StartedAtNanos = phase == ContainerPhase.Created ? 0 : record.StartedAtNanos,
            FinishedAtNanos = record.FinishedAtNanos,
            ExitCode = record.ExitCode,
            Reason = record.Reason,
            Message = record.Message,
            Pid = phase == ContainerPhase.Exited ? null : record.Process?.Pid,
            ImageId = record.ImageId,
            LogPath = record.LogPath,
            Mounts = _mounts,
            User = record.User,
            StopSignal = record.StopSignal,
            Resources = ResourcesOf(record),
            RuntimeHandler = record.RuntimeHandler,
            CgroupPath = record.CgroupPath,
            Directory = Directory,
        };
    }

    /// <summary>
    /// As asked for; an image volume with the ID of its image, by which kubelet knows that it is in use, and which it
    /// writes into the pod's status.
    /// </summary>
    private static IReadOnlyList<Mount> MountsToTell(IReadOnlyList<Mount> asked, IReadOnlyList<string>? images)
    {
        int next = 0;
        return images is null ? asked : [.. asked.Select(mount =>
        {
            if (!ImageVolumes.IsImage(mount) || next == images.Count)
                return mount;
            Mount told = mount.Clone();
            told.Image.Image = told.Image.ImageRef = images[next++];
            return told;
        })];
    }

    private LinuxContainerResources? ResourcesOf(ContainerRecord record) => record.Resources is { } updated
        ? LinuxContainerResources.Parser.ParseFrom(updated)
        : Config.Linux?.Resources;

    private static ContainerPhase PhaseOf(ContainerStage stage) => stage switch
    {
        ContainerStage.Creating or ContainerStage.Created or ContainerStage.Starting => ContainerPhase.Created,
        ContainerStage.Running => ContainerPhase.Running,
        _ => ContainerPhase.Exited,
    };
}
