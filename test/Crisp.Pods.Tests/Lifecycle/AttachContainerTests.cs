using Crisp.Errors;
using Crisp.Linux;
using Crisp.MonitorProtocol;
using Crisp.Pods.Lifecycle;
using Crisp.Pods.Records;
using Crisp.Pods.Tests.Fakes;

namespace Crisp.Pods.Tests.Lifecycle;

public sealed class AttachContainerTests
{
    private readonly FakeMonitor _monitor = new();
    private TemporaryNode _node = null!; // made by SetUp
    private EventLoop _loop = null!; // made by SetUp

    [SetUp]
    public void MakeNode()
    {
        _node = new TemporaryNode();
        _loop = EventLoop.Start();
    }

    [TearDown]
    public void RemoveNode()
    {
        _loop.Dispose();
        _node.Dispose();
    }

    [Test]
    public void Unknown_IsNotFound() => Assert.That(
        Assert.ThrowsAsync<CrispException>(() => AttachAsync("cafe"))!.Kind, Is.EqualTo(ErrorKind.NotFound));

    [TestCase(ContainerStage.Created)]
    [TestCase(ContainerStage.Released)]
    public void ContainerThatDoesNotRun_IsRefused_InWords(object stage)
    {
        var container = Add((ContainerStage)stage);
        var refusal = Assert.ThrowsAsync<CrispException>(() => AttachAsync(container.Id));
        Assert.That(refusal!.Kind, Is.EqualTo(ErrorKind.FailedPrecondition));
        Assert.That(refusal.Message, Does.Contain(container.Id).And.Contain("not running"));
    }

    [Test]
    public void LostMonitor_IsSaid()
    {
        var container = Add(ContainerStage.Running);
        container.Monitor = null;
        Assert.That(Refusal(container), Does.Contain("monitor is gone"));
    }

    [Test]
    public void MonitorThatCannot_OrWillNot_IsSaid()
    {
        var container = Add(ContainerStage.Running);
        _monitor.AttachFailure = new MonitorLostException("gone");
        Assert.That(Refusal(container), Does.Contain("monitor is gone"));
        _monitor.AttachFailure = new SyscallException("attaching", Errno.ENOSYS);
        Assert.That(Refusal(container), Does.Contain("older version"));
        _monitor.AttachFailure = new SyscallException("attaching", Errno.ESRCH);
        Assert.That(Refusal(container), Does.Contain("not running"));
    }

    [Test]
    public void TooManyAttached_IsResourceExhausted_InWords()
    {
        var container = Add(ContainerStage.Running);
        _monitor.AttachFailure = new SyscallException("attaching", Errno.EUSERS);
        var refusal = Assert.ThrowsAsync<CrispException>(() => AttachAsync(container.Id));
        Assert.That(refusal!.Kind, Is.EqualTo(ErrorKind.ResourceExhausted));
        Assert.That(refusal.Message, Does.Contain(container.Id).And.Contain("end one of them first"));
    }

    [Test]
    public void Input_IsAskedForOnlyWhereThereIsOne()
    {
        var container = Add(ContainerStage.Running);
        Refusal(container);
        Assert.That(_monitor.Wanted, Is.EqualTo(new AttachStreams(false, true, true)));
        container.Config.Stdin = true;
        Refusal(container);
        Assert.That(_monitor.Wanted, Is.EqualTo(new AttachStreams(true, true, true)));
    }

    private string Refusal(Container container)
    {
        var refusal = Assert.ThrowsAsync<CrispException>(() => AttachAsync(container.Id));
        Assert.That(refusal!.Kind, Is.EqualTo(ErrorKind.FailedPrecondition));
        return refusal.Message;
    }

    private Task AttachAsync(string id) => new AttachContainer(_node.State, _loop)
        .AttachAsync(id, new AttachStreams(Stdin: true, Stdout: true, Stderr: true), CancellationToken.None);

    private Container Add(ContainerStage stage)
    {
        var container = _node.WriteContainer(TemporaryNode.ContainerRecord(stage));
        container.Monitor = _monitor;
        _node.State.Containers.Add(container);
        return container;
    }
}
