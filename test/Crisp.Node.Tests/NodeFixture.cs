using Crisp.Testing.Logs;
using NUnit.Framework.Interfaces;

namespace Crisp.Node.Tests;

/// <summary>
/// A node for one fixture: the published daemon on crun or runc. Each test starts without pods; the daemon logs no
/// error that the test did not announce; after the last test nothing of the node is left on the machine.
/// </summary>
public abstract class NodeFixture(string runtime)
{
    private static readonly string[] Sleeper =
        ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1000 & wait $!; done"];

    private readonly List<string> _expectedErrors = [];
    private int _errorsBefore;
    private int _logs;

    protected TestNode Node { get; private set; } = null!;

    protected CriCalls Cri => Node.Cri;

    protected string RuntimeName => runtime;

    protected static string Busybox => NodeRun.Busybox;

    protected virtual NodeOptions Options => new()
    {
        Runtime = runtime,
        InsecureRegistries = [NodeRun.Registry.Address],
    };

    /// <summary>What has to be there before the node starts.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    [OneTimeSetUp]
    public async Task StartNodeAsync()
    {
        await PrepareAsync();
        Node = await TestNode.StartAsync(NodeRun.Slot, Options);
        await Cri.PullAsync(Busybox);
    }

    [SetUp]
    public void NoteErrors()
    {
        _expectedErrors.Clear();
        _errorsBefore = Node.Daemon.Log.Errors.Count();
    }

    [TearDown]
    public async Task EndTestAsync()
    {
        if (Node.Daemon.HasEnded)
            await Node.StartDaemonAsync();
        await Node.RemoveAllPodsAsync();
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
            TestContext.Out.WriteLine(string.Join('\n', Node.Daemon.Log.Lines.TakeLast(60)));

        // The count starts again with each daemon that a test starts.
        IReadOnlyList<string> errors = (await Node.LogUpToNowAsync()).Errors.ToList();
        Assert.That(
            errors.Skip(Math.Min(_errorsBefore, errors.Count))
                .Where(line => !_expectedErrors.Any(part => line.Contains(part, StringComparison.OrdinalIgnoreCase))),
            Is.Empty, "errors in the daemon's log that the test did not announce");
    }

    [OneTimeTearDown]
    public async Task StopNodeAsync()
    {
        if (Node is null)
            return;
        try
        {
            await LeakCheck.AssertNothingIsLeftAsync(Node);
        }
        finally
        {
            await Node.DisposeAsync();
        }
    }

    /// <summary>Announces that the daemon will log errors with this text.</summary>
    protected void ExpectError(string part) => _expectedErrors.Add(part);

    protected async Task<Pod> RunPodAsync(Action<PodSandboxConfig>? change = null)
    {
        PodSandboxConfig pod = PodRequest.Of(Node);
        change?.Invoke(pod);
        return new Pod(await Cri.RunPodAsync(pod), pod);
    }

    /// <summary>A pod on the node's network, for tests that are not about networks: it needs no plugin.</summary>
    protected Task<Pod> RunPlainPodAsync(Action<PodSandboxConfig>? change = null) => RunPodAsync(pod =>
    {
        pod.OnNodeNetwork();
        change?.Invoke(pod);
    });

    protected Task<string> RunAsync(Pod pod, params string[] command) =>
        Cri.RunAsync(pod.Id, ContainerRequest.Of(pod.Config, Busybox, command), pod.Config);

    protected Task<string> RunAsync(Pod pod, ContainerConfig container) => Cri.RunAsync(pod.Id, container, pod.Config);

    protected ContainerConfig Container(Pod pod, params string[] command) =>
        ContainerRequest.Of(pod.Config, Busybox, command);

    protected Task<string> CreateAsync(Pod pod, ContainerConfig container) =>
        Cri.CreateAsync(pod.Id, container, pod.Config);

    /// <summary>A container that stays until it is stopped, and obeys at once.</summary>
    protected async Task<string> RunSleeperAsync(Pod pod, Action<ContainerConfig>? change = null)
    {
        ContainerConfig container = Container(pod, Sleeper);
        change?.Invoke(container);
        string id = await RunAsync(pod, container);
        if (container.Command.SequenceEqual(Sleeper))
            await StartedProcess.HandlesTermAsync(await Cri.PidAsync(id));
        return id;
    }

    /// <summary>What a container printed that ran to its end; it has a log file to itself.</summary>
    protected async Task<string> PrintedAsync(Pod pod, ContainerConfig container)
    {
        container.LogPath = $"{container.Metadata.Name}/{Interlocked.Increment(ref _logs)}.log";
        string id = await RunAsync(pod, container);
        ContainerStatus status = await Cri.ExitedAsync(id);
        LogFile log = new(status.LogPath);
        Assert.That(status.ExitCode, Is.Zero, log.Text("stderr") + status.Message);
        string text = log.Text("stdout").TrimEnd('\n');
        await Cri.RemoveAsync(id);
        return text;
    }

    protected Task<string> PrintedAsync(Pod pod, params string[] command) => PrintedAsync(pod, Container(pod, command));
}
