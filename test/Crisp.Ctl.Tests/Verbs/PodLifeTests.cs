using Crisp.Ctl.Tests.Fakes;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Verbs;

/// <summary>runp, create, start, run, stop, rm, stopp, rmp.</summary>
[CancelAfter(120_000)]
public sealed class PodLifeTests
{
    private FakeNode _node = null!; // set before each test
    private string _pod = null!; // set before each test
    private string _container = null!; // set before each test

    [SetUp]
    public async Task SetUp()
    {
        _node = await FakeNode.StartAsync();
        _pod = _node.Write("pod.yaml", "metadata: { name: web, namespace: shop, uid: u }");
        _container = _node.Write("container.json", """{"metadata":{"name":"app"},"image":{"image":"busybox"}}""");
    }

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task RunPod_File_IsSentWithItsHandler()
    {
        var run = await _node.RunAsync("runp", "-r", "runc", _pod);
        var request = (RunPodSandboxRequest)_node.Runtime.Requests.Single();
        Assert.That(run.Output, Is.EqualTo("new-pod\n"));
        Assert.That((request.RuntimeHandler, request.Config.Metadata.Name), Is.EqualTo(("runc", "web")));
    }

    [Test]
    public async Task Create_Files_AreSentTogether()
    {
        var run = await _node.RunAsync("create", "pod-1", _container, _pod);
        var request = (CreateContainerRequest)_node.Runtime.Requests.Single();
        Assert.That(run.Output, Is.EqualTo("new-container\n"));
        Assert.That((request.PodSandboxId, request.Config.Image.Image, request.SandboxConfig.Metadata.Uid),
            Is.EqualTo(("pod-1", "busybox", "u")));
        Assert.That(_node.Images.Requests, Is.Empty, "create does not pull unless told to");
    }

    [Test]
    public async Task Run_PullsRunsCreatesStarts()
    {
        var run = await _node.RunAsync("run", _container, _pod);
        Assert.That(run.Output, Is.EqualTo("new-container\n"));
        Assert.That(((PullImageRequest)_node.Images.Requests.Single()).Image.Image, Is.EqualTo("busybox"));
        Assert.That(_node.Runtime.Requests.Select(request => request.GetType()), Is.EqualTo(new[]
        {
            typeof(RunPodSandboxRequest), typeof(CreateContainerRequest), typeof(StartContainerRequest),
        }));
    }

    [Test]
    public async Task Run_NoPull_DoesNotPull()
    {
        await _node.RunAsync("run", "--no-pull", _container, _pod);
        Assert.That(_node.Images.Requests, Is.Empty);
    }

    [Test]
    public async Task Start_OneOfSeveralFails_OthersAreStarted()
    {
        var run = await _node.RunAsync("start", "missing", "there");
        Assert.That(run, Is.EqualTo(new CtlRun(
            1, "there\n", "crispctl: cannot start container missing: container \"missing\" not found (NotFound)\n")));
    }

    [Test]
    public async Task Stop_Timeout_IsSentInSeconds()
    {
        await _node.RunAsync("stop", "-t", "7", "c");
        Assert.That(
            _node.Runtime.Requests.Single(), Is.EqualTo(new StopContainerRequest { ContainerId = "c", Timeout = 7 }));
    }

    [Test]
    public async Task Stop_All_StopsThoseThatRun()
    {
        _node.Runtime.Containers.Add(Samples.Container("1111"));
        Assert.That((await _node.RunAsync("stop", "-a")).Output, Is.EqualTo("1111\n"));
        Assert.That(_node.Runtime.LastListContainers!.Filter.State.State, Is.EqualTo(ContainerState.ContainerRunning));
    }

    [Test]
    public async Task Remove_RunningWithoutForce_IsRefused()
    {
        _node.Runtime.Containers.Add(Samples.Container("1111"));
        var run = await _node.RunAsync("rm", "1111");
        Assert.That(
            run.Error, Is.EqualTo("crispctl: cannot remove container 1111: it runs; stop it first, or use --force\n"));
        Assert.That(_node.Runtime.Requests, Is.Empty);
    }

    [Test]
    public async Task Remove_ForceAll_StopsRemovesAndDeletesLogs()
    {
        var log = _node.Write("0.log", "x");
        var rotated = _node.Write("0.log.20260101-000000.gz", "x");
        var other = _node.Write("1.log", "x");
        _node.Runtime.Containers.Add(Samples.Container("1111"));
        _node.Runtime.LogPaths["1111"] = log;

        Assert.That((await _node.RunAsync("rm", "-fa")).ExitCode, Is.Zero);

        Assert.That(_node.Runtime.Requests.Select(request => request.GetType()),
            Is.EqualTo(new[] { typeof(StopContainerRequest), typeof(RemoveContainerRequest) }));
        Assert.That((File.Exists(log), File.Exists(rotated), File.Exists(other)), Is.EqualTo((false, false, true)));
    }

    [Test]
    public async Task Remove_KeepLogs_KeepsThem()
    {
        var log = _node.Write("0.log", "x");
        _node.Runtime.Containers.Add(Samples.Container("1111", state: ContainerState.ContainerExited));
        _node.Runtime.LogPaths["1111"] = log;
        await _node.RunAsync("rm", "-k", "1111");
        Assert.That(File.Exists(log));
    }

    [Test]
    public async Task StopPod_Several_AreAllStopped() =>
        Assert.That(
            (await _node.RunAsync("stopp", "a", "b")).Output, Is.EqualTo("Stopped sandbox a\nStopped sandbox b\n"));

    [Test]
    public async Task RemovePod_ForceAll_StopsOnlyReadyOnes()
    {
        _node.Runtime.Pods.Add(Samples.Pod("1111"));
        _node.Runtime.Pods.Add(Samples.Pod("2222", state: PodSandboxState.SandboxNotready));
        Assert.That((await _node.RunAsync("rmp", "-f", "-a")).Output, Is.EqualTo(
            "Stopped sandbox 1111\nRemoved sandbox 1111\nRemoved sandbox 2222\n"));
    }

    [Test]
    public async Task RemovePod_ReadyWithoutForce_IsRefused()
    {
        _node.Runtime.Pods.Add(Samples.Pod("1111"));
        Assert.That((await _node.RunAsync("rmp", "1111")).Error,
            Is.EqualTo("crispctl: cannot remove pod 1111: it runs; stop it first, or use --force\n"));
    }
}
