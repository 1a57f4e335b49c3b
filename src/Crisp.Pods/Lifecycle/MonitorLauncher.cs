using Crisp.Errors;
using Crisp.Linux;
using Crisp.MonitorProtocol;
using Crisp.OciRuntime;
using Crisp.Pods.Checkpoints;
using Crisp.Pods.Records;
using Runtime.V1;

namespace Crisp.Pods.Lifecycle;

/// <summary>Starts monitors, and finds those that a former daemon left.</summary>
internal sealed class MonitorLauncher(NodeState node, RuntimeHandlers handlers, EventLoop loop)
{
    /// <summary>A monitor must outlive the shortage that it is to report.</summary>
    private const int OomScoreAdj = -999;

    /// <summary>How long a monitor that was dismissed may take until its container's end is reported.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Returns when the runtime's create is done; a failed create throws the runtime's own words.</summary>
    internal async Task<IMonitor> LaunchAsync(Container container, CancellationToken cancellation)
    {
        try
        {
            MonitorClient client = await MonitorClient.LaunchAsync(
                node.Options.MonitorProgram, Plan(container), loop, cancellation).ConfigureAwait(false);
            return new MonitorConnection(client, node.BootId);
        }
        catch (MonitorCreateException failure)
        {
            throw Explained(container, failure);
        }
    }

    /// <summary>
    /// The same in two parts: the monitor starts beside whatever has to be ready before the runtime's create.
    /// </summary>
    internal StartedMonitor Start(Container container) => new(
        Task.Run(() => MonitorClient.Start(
            node.Options.MonitorProgram,
            container.Id,
            node.Layout.MonitorSocket(container.Id),
            loop,
            node.Layout.ExitRecords(container.Id))),
        () => Plan(container),
        failure => Explained(container, failure),
        node.BootId);

    /// <summary>Null when nobody listens any more.</summary>
    internal async Task<IMonitor?> ConnectAsync(string containerId, CancellationToken cancellation)
    {
        MonitorClient? client = await MonitorClient.ConnectAsync(
            node.Layout.MonitorSocket(containerId), loop, cancellation,
            node.Layout.ExitRecords(containerId)).ConfigureAwait(false);
        return client is null ? null : new MonitorConnection(client, node.BootId);
    }

    /// <summary>The same for a container of which only the ID is known; no monitor is fine.</summary>
    internal async Task DismissAsync(string containerId, CancellationToken cancellation)
    {
        if (await ConnectAsync(containerId, cancellation).ConfigureAwait(false) is { } monitor)
            await DismissAsync(monitor).ConfigureAwait(false);
    }

    /// <summary>Kills the container of a monitor, waits for the word of its end, and lets the monitor go.</summary>
    internal static async Task DismissAsync(IMonitor monitor)
    {
        using (FileDescriptor? process = monitor.Process.Open(monitor.Process.BootId))
        {
            if (process is not null)
                PidFds.Signal(process, Signals.Kill);
        }

        await ((Task)monitor.Exit).WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await monitor.AcknowledgeExitAsync().ConfigureAwait(false);
        await monitor.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// A failed create reads like every other failed verb: it names the runtime, the verb and the container.
    /// </summary>
    private CrispException Explained(Container container, MonitorCreateException failure) => failure.IsByRuntime
        ? new RuntimeFailedException(
            handlers.Of(container).Options.Name, container.Record.IsRestored ? "restore" : "create", container.Id,
            failure.Message + SaidByCriu(container), failure)
        : new CrispException(
            failure.Kind, $"container \"{container.Id}\" could not be created: {failure.Message}", failure);

    /// <summary>A runtime says no more than that criu failed.</summary>
    private static string SaidByCriu(Container container) => container.Record.IsRestored
        ? CriuLog.SaidIn(Path.Combine(CheckpointFiles.WorkOf(container), CheckpointNames.RestoreLog))
        : "";

    private MonitorLaunch Plan(Container container)
    {
        string run = node.Layout.RunContainer(container.Id);
        string pidFile = Path.Combine(run, FileNames.PidFile);
        string runtimeLog = Path.Combine(run, FileNames.RuntimeLog);
        string? console = container.Config.Tty ? node.Layout.ConsoleSocket(container.Id) : null;
        RuntimeArguments create = container.Record.IsRestored
            ? handlers.Of(container).RestoreArguments(
                container.Id, container.Directory, CheckpointFiles.ImagesOf(container),
                CheckpointFiles.WorkOf(container), pidFile, runtimeLog, console)
            : handlers.Of(container).CreateArguments(container.Id, container.Directory, pidFile, runtimeLog, console);
        return new MonitorLaunch
        {
            ContainerId = container.Id,
            SocketPath = node.Layout.MonitorSocket(container.Id),
            RuntimeProgram = create.Program,
            RuntimeExecutable = create.Executable,
            RuntimeArguments = create.Arguments,
            RuntimeLogFile = runtimeLog,
            StartsProgram = container.Record.IsRestored,
            RuntimeEnvironment = node.Options.CriuProgram.Length > 0
                ? [OciRuntimeCli.PathTo(node.Options.CriuProgram)]
                : [],
            BundleDirectory = container.Directory,
            PidFile = pidFile,
            LogDirectory = container.LogDirectory,
            LogPath = container.LogFile,
            MaxLogBytes = node.Options.MaxLogBytes,
            ExitRecordPaths = node.Layout.ExitRecords(container.Id),
            MonitorCgroups = MonitorCgroup.Make(container.Record),
            MemoryCgroup = Cgroups.Layout.DirectoryOf("memory", container.Record.CgroupPath),
            OomScoreAdj = OomScoreAdj,
            ConsoleSocketPath = console,
            Input = InputOf(container.Config),
        };
    }

    private static ContainerInput InputOf(ContainerConfig config) => config switch
    {
        { Stdin: false } => ContainerInput.None,
        { StdinOnce: true } => ContainerInput.OpenOnce,
        _ => ContainerInput.Open,
    };
}
