using Crisp.Bundle;
using Crisp.Pods.Identity;
using Crisp.Pods.Records;
using Crisp.Pods.Stats;
using Crisp.Pods.Work;
using Runtime.V1;

namespace Crisp.Pods.Sandbox;

/// <summary>A pod sandbox: what was asked, what became of it, and the work that is going on with it.</summary>
internal sealed class Pod : Recorded<PodRecord>, INamed
{
    private readonly string _directory;
    private PodSnapshot _snapshot;
    private int _stopIsTold;

    internal Pod(RunPodSandboxRequest request, PodRecord record, StateLayout layout)
        : base(record, Path.Combine(layout.Pod(record.Id), FileNames.Record), RecordJson.Default.PodRecord)
    {
        Request = request;
        _directory = layout.Pod(record.Id);
        _snapshot = Snap(record);
        _stopIsTold = record.Stage >= PodStage.Stopped ? 1 : 0;
    }

    public string Id => Record.Id;

    public bool Answered => Record.Answered;

    internal RunPodSandboxRequest Request { get; }

    internal PodSandboxConfig Config => Request.Config;

    internal ObjectName Name => ObjectName.OfPod(Config.Metadata);

    internal PodSnapshot Snapshot => Volatile.Read(ref _snapshot);

    internal NamespaceOption Namespaces => Config.Linux?.SecurityContext?.NamespaceOptions ?? new NamespaceOption();

    internal bool HasOwnNetwork => Namespaces.Network != NamespaceMode.Node;

    internal bool HasOwnIpc => Namespaces.Ipc != NamespaceMode.Node;

    /// <summary>The containers share one PID namespace, whose init is ours.</summary>
    internal bool SharesPid => Namespaces.Pid == NamespaceMode.Pod;

    /// <summary>What its namespaces are made with, by path beneath /proc/sys; known to whoever makes it.</summary>
    internal IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>();

    /// <summary>Its users; null where they are the node's.</summary>
    internal UserMappings? Users => UserMappings.Of(Config);

    /// <summary>
    /// The init of a shared PID namespace, or the first process of a user namespace: an ordinary container with the
    /// pod's own ID, not listed.
    /// </summary>
    internal Container? Init
    {
        get;
        set
        {
            field = value;
            WhileUnchanged(Project); // a snapshot tells its pid
        }
    }

    /// <summary>The last readings of its counters.</summary>
    internal StatsHistory Stats { get; } = new();

    internal SharedWork Stopping { get; } = new();

    internal SharedWork Removal { get; } = new();

    /// <summary>True for the one who is to tell that it stopped; a removal goes through the stop once more.</summary>
    internal bool TryTellStopped() => Interlocked.Exchange(ref _stopIsTold, 1) == 0;

    public void RememberAnswered(bool answered) => Remember(record => record with { Answered = answered });

    protected override void Project(PodRecord record) => Volatile.Write(ref _snapshot, Snap(record));

    private PodSnapshot Snap(PodRecord record) => new()
    {
        Id = record.Id,
        Config = Config,
        Phase = record.Stage == PodStage.Ready ? PodPhase.Ready : PodPhase.NotReady,
        CreatedAtNanos = record.CreatedAtNanos,
        RuntimeHandler = record.RuntimeHandler,
        Ips = record.Ips,
        NetNsPath = record.NetNs,
        OtherNamespaces = [.. OtherNamespaces(record)],
        InitPid = Init?.Snapshot.Pid,
        CgroupParent = record.CgroupParent,
        Directory = _directory,
        Overhead = Updated(record.Overhead) ?? Config.Linux?.Overhead,
        Resources = Updated(record.Resources) ?? Config.Linux?.Resources,
    };

    private static IEnumerable<KeyValuePair<string, string>> OtherNamespaces(PodRecord record)
    {
        foreach (var (kind, path) in ((string, string?)[])[("ipc", record.IpcNs),
            ("uts", record.UtsNs), ("user", record.UserNs)])
        {
            if (path is not null)
                yield return new(kind, path);
        }
    }

    private static LinuxContainerResources? Updated(byte[]? bytes) =>
        bytes is null ? null : LinuxContainerResources.Parser.ParseFrom(bytes);
}
